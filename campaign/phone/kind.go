package phone

import "github.com/nyaruka/phonenumbers"

// Kind is what sort of line a number is, as far as its plan tells.
type Kind string

// The kinds. In North America every ordinary number is FixedOrMobile: the plan
// does not tell them apart.
const (
	Unknown       Kind = "" // no number, or a part of the plan that is not in use
	Fixed         Kind = "fixed"
	Mobile        Kind = "mobile"
	FixedOrMobile Kind = "fixed_or_mobile"
	TollFree      Kind = "toll_free"
	PremiumRate   Kind = "premium"
	Shared        Kind = "shared_cost"
	VoIP          Kind = "voip"
	Personal      Kind = "personal" // follows a person from line to line
	Pager         Kind = "pager"
	UAN           Kind = "uan" // one number for all the places of a company
	Voicemail     Kind = "voicemail"
)

// refusal returns why numbers of kind k are not dialled, if so.
func (k Kind) refusal() Why {
	switch k {
	case PremiumRate:
		return Premium
	case Shared:
		return SharedCost
	case Pager, Voicemail:
		return Unattended
	default:
		return ""
	}
}

func kindOf(t phonenumbers.PhoneNumberType) Kind {
	return map[phonenumbers.PhoneNumberType]Kind{
		phonenumbers.FIXED_LINE:           Fixed,
		phonenumbers.MOBILE:               Mobile,
		phonenumbers.FIXED_LINE_OR_MOBILE: FixedOrMobile,
		phonenumbers.TOLL_FREE:            TollFree,
		phonenumbers.PREMIUM_RATE:         PremiumRate,
		phonenumbers.SHARED_COST:          Shared,
		phonenumbers.VOIP:                 VoIP,
		phonenumbers.PERSONAL_NUMBER:      Personal,
		phonenumbers.PAGER:                Pager,
		phonenumbers.UAN:                  UAN,
		phonenumbers.VOICEMAIL:            Voicemail,
	}[t]
}
