package view

import (
	"cmp"
	"fmt"
	"os/user"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// WhenPage is when and how a campaign calls. It changes its Settings, which
// are the campaign's once they are stored. The week is in page_when_hours.go,
// tries and limits in page_when_tries.go, dates that
// are typed in page_when_dates.go, rules in page_when_rules.go, days and
// zones in page_when_days.go, gateways in page_when_how.go.
type WhenPage struct {
	Name     string
	Settings campaign.Settings
	// Started says that people were called already: country, speed and
	// gateways are fixed.
	Started bool
	Sample  bool // no phone may ring
	// Others are campaigns from which hours can be taken, and where gateways
	// are known from.
	Others []campaign.Campaign
	Office []GatewayChoice // gateways that the office has set
	Here   string          // IANA zone of this computer; empty if it does not say
	Now    time.Time       // by which days are over
	Unread Unread          // what was typed and is in no setting

	was     campaign.Settings // as they are stored
	wasName string
}

// NewWhenPage arranges the settings of c to be changed.
func NewWhenPage(c campaign.Campaign, others []campaign.Campaign) *WhenPage {
	p := &WhenPage{Name: c.Name, Settings: c.Settings.Complete(), Started: !c.Started.IsZero() || c.State != campaign.Draft && c.State != ""}
	for _, other := range others {
		if other.ID != c.ID {
			p.Others = append(p.Others, other)
		}
	}
	p.Now = time.Now()
	p.Here, _ = HereZone(p.Now)
	p.Stored()
	return p
}

// Stored notes that the settings are as they are stored now.
func (p *WhenPage) Stored() { p.was, p.wasName = p.Settings, p.Name }

// Changed tells whether anything is not as it was stored.
func (p *WhenPage) Changed() bool {
	return p.Name != p.wasName || p.Unread != (Unread{}) || fmt.Sprintf("%+v", p.Settings) != fmt.Sprintf("%+v", p.was)
}

// Meanwhile takes over what was stored since about lines and pace, which are
// changed while people are called, unless they were changed here as well.
func (p *WhenPage) Meanwhile(now campaign.Settings) {
	if p.Settings.Lines == p.was.Lines {
		p.Settings.Lines = now.Lines
	}
	if p.Settings.Rate == p.was.Rate {
		p.Settings.Rate = now.Rate
	}
	p.was.Lines, p.was.Rate = now.Lines, now.Rate
}

// Storable is the settings as they may be stored: a week without hours would
// stand for one that was never set, so the last one that had some stays.
func (p *WhenPage) Storable() campaign.Settings {
	s := p.Settings
	if s.Hours.IsZero() {
		s.Hours = p.was.Hours
	}
	return s
}

// Rename gives the campaign another name, cut to what a name may have; an empty
// one is refused.
func (p *WhenPage) Rename(name string) bool {
	name = NameOf(name)
	if name != "" {
		p.Name = name
	}
	return name != ""
}

// Blocked says why these settings cannot be used, and what to do; empty if they
// can.
func (p *WhenPage) Blocked() string {
	s := &p.Settings
	switch {
	case s.Hours.IsZero():
		return words.Say("No hour is chosen, so nobody could be called. Choose at least one.")
	case !s.NotBefore.IsZero() && !s.NotAfter.IsZero() && !s.NotAfter.After(s.NotBefore):
		return words.Say("The last call would be before the first one. Choose a later end.")
	case s.Zones == campaign.ZoneOne && s.Zone == "":
		return words.Say("Choose the time zone that holds for everybody.")
	case !s.Office.IsZero() && s.Zoned == "":
		return words.Say("Choose the time zone of the office.")
	}
	return cmp.Or(p.blockedDates(), CallerWrong(s.CallerID), p.blockedGateway())
}

// account is who uses the program, as this computer knows them.
func account() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}
