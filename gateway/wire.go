package gateway

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// This file is the protocol's request and its short replies, in both
// directions; status.go is the reply to a status question.

// The protocol's pages.
const (
	PathCall   = "/ocall/callreqHandler.jsp"
	PathStatus = "/ocall/callstatusHandler.jsp"
	PathRemove = "/ocall/callremoveHandler.jsp"
)

// The extensions' pages and headers: see doc.go.
const (
	PathAbout      = "/rollcall/about"
	PathReferences = "/rollcall/references/" // followed by the reference
	PathChanges    = "/rollcall/changes"

	HeaderGateway = "Rollcall-Gateway" // the program's version: "we are ours"
	HeaderLine    = "Rollcall-Line"
	LinePractice  = "practice" // the value of HeaderLine where no phone rings
)

// The bounds of the change feed: how long a question may be kept waiting, and
// how many calls one reply may name.
const (
	MaxWait    = 25 * time.Second
	MaxChanges = 1000
)

// Removed is the reply to a removal, byte for byte.
const Removed = "[removed]"

const (
	errorPrefix = "ERROR:"
	noRecord    = "no such call record"

	maxMinutes = 10 * 366 * 24 * 60 // ten years: more is a mistake
	maxPhone   = 80                 // bytes of a number
	maxRow     = 1_000_000_000
)

// Values returns r as the protocol's parameters. Durations are rounded up to
// whole minutes.
func (r Request) Values() url.Values {
	v := url.Values{
		"info":       {r.Info},
		"phoneno":    {string(r.Phone)},
		"firstocc":   {minutes(r.FirstOcc)},
		"selfdelete": {"0"},
	}
	if r.SelfDelete {
		v.Set("selfdelete", "1")
	}
	if r.CallTime > 0 {
		v.Set("schedule", "t")
		v.Set("calltime", minutes(r.CallTime))
	}
	if r.Detection != DetectBalanced {
		v.Set("detection", strconv.Itoa(int(r.Detection)))
	}
	if r.Attempt > 0 {
		v.Set("attempt", strconv.Itoa(r.Attempt))
	}
	if r.Row > 0 {
		v.Set("row", strconv.Itoa(r.Row))
	}
	if r.SMS {
		v.Set("sms", "1")
	}
	for name, value := range map[string]string{
		"attendee": r.Attendee, "callerid": r.CallerID, "reference": string(r.Reference),
		"priority": r.Priority.word(), "confirmcode": r.ConfirmCode,
		"campaign": r.Campaign, "startvxml": r.StartVXML, "starturl": r.StartURL, "txt": r.Text,
		"audiofile": r.AudioFile, "startapp": r.StartApp,
		"exitvxml": r.ExitVXML, "exiturl": r.ExitURL,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

// word is how p is written; the normal one is left out.
func (p Priority) word() string {
	switch {
	case p < PriorityNormal:
		return "low"
	case p > PriorityNormal:
		return "high"
	}
	return ""
}

func minutes(d time.Duration) string {
	if d < 0 {
		d = 0
	}
	return strconv.FormatInt(int64((d+time.Minute-1)/time.Minute), 10)
}

// ParseRequest reads the protocol's parameters. It is as tolerant as the old
// clients need; what it cannot honour it refuses with a reason that the
// gateway can hand on.
func ParseRequest(v url.Values) (Request, error) {
	p := params(v)
	if err := p.unsupported(); err != nil {
		return Request{}, err
	}
	r := Request{
		Info:        p.text("info"),
		Attendee:    p.text("attendee"),
		StartVXML:   p.text("startvxml"),
		StartURL:    p.text("starturl"),
		Text:        p.text("txt"),
		AudioFile:   p.text("audiofile"),
		StartApp:    p.text("startapp"),
		ExitVXML:    p.text("exitvxml", "endvxml"),
		ExitURL:     p.text("exiturl", "endurl"),
		SelfDelete:  p.flag("selfdelete"),
		CallerID:    p.text("callerid"),
		Reference:   Reference(p.text("reference")),
		Attempt:     p.hint("attempt", 1000),
		Campaign:    p.text("campaign"),
		Row:         p.hint("row", maxRow),
		ConfirmCode: p.text("confirmcode"),
		SMS:         p.flag("sms"),
	}
	if !v.Has("info") {
		return Request{}, errors.New("info is missing")
	}
	var errs [5]error
	r.Phone, errs[0] = p.phone()
	r.FirstOcc, errs[1] = p.minutes("firstocc", true)
	r.CallTime, errs[2] = p.minutes("calltime", p.flag("schedule"))
	r.Detection, errs[3] = p.detection()
	r.Priority, errs[4] = p.priority()
	for _, err := range errs {
		if err != nil {
			return Request{}, err
		}
	}
	return r, r.check()
}

// check tells what is wrong with a request as a whole.
func (r Request) check() error {
	starts := 0
	for _, s := range []string{r.StartVXML, r.StartURL, r.Text, r.AudioFile, r.StartApp} {
		if s != "" {
			starts++
		}
	}
	switch {
	case starts == 0:
		return errors.New("one of startvxml, starturl, txt, audiofile and startapp is needed")
	case starts > 1:
		return errors.New("only one of startvxml, starturl, txt, audiofile and startapp may be given")
	case r.Reference != "" && !r.Reference.Valid():
		return errors.New("reference must be 1 to 64 letters, digits, - or _")
	case r.SMS && r.Text == "":
		return errors.New("a text message (sms) needs its text (txt)")
	case r.ConfirmCode != "" && r.Text == "" && r.AudioFile == "":
		return errors.New("confirmcode needs txt or audiofile")
	case r.ConfirmCode != "" && !codeForm.MatchString(r.ConfirmCode):
		return errors.New("confirmcode must be 1 to 20 digits")
	}
	return nil
}

var codeForm = regexp.MustCompile(`^[0-9]{1,20}$`)

var referenceForm = regexp.MustCompile(`^[0-9A-Za-z_-]{1,64}$`)

// Valid tells whether a gateway accepts r.
func (r Reference) Valid() bool { return referenceForm.MatchString(string(r)) }

// params reads parameters as clients send them.
type params url.Values

// get returns the first value that is not empty, as it was sent.
func (p params) get(names ...string) string {
	for _, name := range names {
		for _, value := range p[name] {
			if value != "" {
				return value
			}
		}
	}
	return ""
}

// text returns a value without space around it.
func (p params) text(names ...string) string {
	return strings.TrimSpace(decode(p.get(names...)))
}

// decode reads bytes that are not UTF-8 as Latin-1: neither old clients nor old
// gateways name a charset.
func decode(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	runes := make([]rune, 0, len(text))
	for i := range len(text) {
		runes = append(runes, rune(text[i]))
	}
	return string(runes)
}

// flag reads 1, t and true in any usual case as true, all else as false.
func (p params) flag(name string) bool {
	on, err := strconv.ParseBool(p.text(name))
	return err == nil && on
}

func (p params) unsupported() error {
	switch {
	case p.get("startexec") != "", p.get("cmdline") != "":
		return errors.New("running programs (startexec, cmdline) is not supported")
	case p.get("eocactions") != "":
		return errors.New("end-of-call actions (eocactions) are not supported")
	}
	return nil
}

// phone reads the number as given. A client that does not encode its
// parameters sends a leading + that arrives as a space.
func (p params) phone() (Phone, error) {
	raw, number := p.get("phoneno"), p.text("phoneno")
	if len(raw) > 1 && raw[0] == ' ' && raw[1] >= '0' && raw[1] <= '9' {
		number = "+" + number
	}
	switch {
	case number == "":
		return "", errors.New("phoneno is missing")
	case len(number) > maxPhone:
		return "", errors.New("phoneno is too long")
	case !strings.ContainsAny(number, "0123456789"):
		return "", errors.New("phoneno has no digit")
	case strings.ContainsFunc(number, isControl):
		return "", errors.New("phoneno has a control character")
	}
	return Phone(number), nil
}

func (p params) minutes(name string, required bool) (time.Duration, error) {
	value := p.text(name)
	if value == "" {
		if required {
			return 0, fmt.Errorf("%s is missing", name)
		}
		return 0, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > maxMinutes {
		return 0, fmt.Errorf("%s is not a number of minutes", name)
	}
	return time.Duration(n) * time.Minute, nil
}

func (p params) detection() (Detection, error) {
	switch p.text("detection") {
	case "", "0":
		return DetectBalanced, nil
	case "1":
		return DetectMore, nil
	case "2":
		return DetectMost, nil
	case "3":
		return DetectOff, nil
	default:
		return 0, errors.New("detection is not 0, 1, 2 or 3")
	}
}

func (p params) priority() (Priority, error) {
	switch p.text("priority") {
	case "", "normal":
		return PriorityNormal, nil
	case "low":
		return PriorityLow, nil
	case "high":
		return PriorityHigh, nil
	default:
		return 0, errors.New("priority is not low, normal or high")
	}
}

// hint reads a number from 1 to most that a request does not depend on: what
// cannot be read is left out.
func (p params) hint(name string, most int) int {
	n, err := strconv.Atoi(p.text(name))
	if err != nil || n < 1 || n > most {
		return 0
	}
	return n
}

// FormatAccepted writes the reply to a request that was accepted: an HTML page
// with the time at which it is due, in that time's own zone, and its id.
func FormatAccepted(due time.Time, id ReqID) []byte {
	return fmt.Appendf(nil, "<html>\n<head><title>Call scheduled</title></head>\n<body>\n"+
		"Your call is scheduled for %s. [ReqId=%d]\n</body>\n</html>\n", javaDate(due), id)
}

// javaDate writes t as Java's Date.toString does. Java names a zone without
// an abbreviation by its offset.
func javaDate(t time.Time) string {
	zone, _ := t.Zone()
	if strings.HasPrefix(zone, "+") || strings.HasPrefix(zone, "-") {
		zone = "GMT" + t.Format("-07:00")
	}
	return t.Format("Mon Jan 02 15:04:05 ") + zone + t.Format(" 2006")
}

var reqIDForm = regexp.MustCompile(`\[ReqId=([0-9]{1,18})\]`)

// ParseAccepted reads the reply to a request: the id, or a [*RefusedError].
// Any other error means that nobody knows whether the request was accepted.
func ParseAccepted(body []byte) (ReqID, error) {
	if err := parseError(body); err != nil {
		return 0, err
	}
	found := reqIDForm.FindSubmatch(body)
	if found == nil {
		return 0, errors.New("the reply has no ReqId")
	}
	id, err := strconv.ParseInt(string(found[1]), 10, 64)
	if err != nil || id == 0 {
		return 0, errors.New("the reply has no usable ReqId")
	}
	return ReqID(id), nil
}

// ParseRemoved reads the reply to a removal.
func ParseRemoved(body []byte) error {
	if err := parseError(body); err != nil {
		return err
	}
	if strings.TrimSpace(string(body)) != Removed {
		return errors.New("the reply is not " + Removed)
	}
	return nil
}

// FormatError writes a refusal in one line.
func FormatError(reason string) []byte {
	return []byte(errorPrefix + " " + strings.TrimSpace(strings.Map(printable, reason)))
}

// FormatNoRecord writes the refusal of a request id that is not known, as the
// client gave it.
func FormatNoRecord(reqid string) []byte { return FormatError(noRecord + ": " + reqid) }

// parseError returns the refusal that a reply is, or nil.
func parseError(body []byte) error {
	reason, refused := strings.CutPrefix(strings.TrimSpace(decode(string(body))), errorPrefix)
	if !refused {
		return nil
	}
	reason = strings.TrimSpace(strings.Map(printable, reason))
	if strings.HasPrefix(reason, noRecord) {
		return fmt.Errorf("%w (%s)", ErrUnknownCall, reason)
	}
	return &RefusedError{Reason: reason}
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 }

// printable maps control characters to spaces; for strings.Map.
func printable(r rune) rune {
	if isControl(r) {
		return ' '
	}
	return r
}
