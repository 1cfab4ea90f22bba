package view

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// SettingsPage is what an office sets, and the gateway that is being looked at.
// What is typed and not saved stays in it.
type SettingsPage struct {
	Settings OfficeSettings
	Tested   map[string]Probe // the newest test of each gateway, by its URL
	Form     GatewayForm
	uses     map[string][]string // names of campaigns that are not over, by gateway
}

// OpenSettings reads what the settings page shows.
func (o *Office) OpenSettings(ctx context.Context) (*SettingsPage, error) {
	s, err := o.Settings(ctx)
	if err != nil {
		return nil, err
	}
	all, err := o.Store.List(ctx)
	if err != nil {
		return nil, err
	}
	p := &SettingsPage{Settings: s, Tested: map[string]Probe{}, uses: map[string][]string{}}
	for _, c := range all {
		if c.State.Over() {
			continue
		}
		for _, via := range c.Settings.Ways() {
			p.uses[via.URL] = append(p.uses[via.URL], c.Name)
		}
	}
	p.Choose(BuiltInGateway)
	return p, nil
}

// BuiltInGateway is the place of the built-in gateway, before all others.
const BuiltInGateway = -1

// GatewayRow is one gateway of the list.
type GatewayRow struct {
	At          int // place among the office's; BuiltInGateway
	Name, Under string
	State       ProbeState
	Words       string // of the newest test
}

// Rows are all gateways, the built-in one first.
func (p *SettingsPage) Rows() []GatewayRow {
	address := DefaultListen
	if tested := p.Tested[""]; tested.URL != "" { // it has taken another port
		address = shortAddress(tested.URL)
	}
	own := GatewayRow{At: BuiltInGateway, Name: words.Say("Built-in gateway"),
		Under: words.Many(p.Settings.Lines, "%[2]s, %[1]s line", "%[2]s, %[1]s lines", address)}
	own.State, own.Words = p.verdict("")
	rows := []GatewayRow{own}
	for i, g := range p.Settings.Gateways {
		r := GatewayRow{At: i, Name: g.Name, Under: words.Many(g.Lines, "%[2]s, %[1]s line", "%[2]s, %[1]s lines", shortAddress(g.URL))}
		r.State, r.Words = p.verdict(g.URL)
		rows = append(rows, r)
	}
	return rows
}

func (p *SettingsPage) verdict(address string) (ProbeState, string) {
	probe, tested := p.Tested[address]
	_, failed := probe.Failed()
	switch {
	case !tested && address == "":
		return ProbeUntried, words.Say("Starts with the first call")
	case !tested:
		return ProbeUntried, words.Say("Not tested")
	case failed:
		return ProbeFailed, probe.Words()
	case probe.Passed():
		return ProbePassed, probe.Words()
	default:
		return ProbeUntried, probe.Words()
	}
}

// shortAddress is a base URL without what goes without saying.
func shortAddress(address string) string {
	return strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")
}

// Choose looks at a gateway; what was typed about another one is gone.
func (p *SettingsPage) Choose(at int) {
	if at == BuiltInGateway {
		p.Form = GatewayForm{At: at}
		return
	}
	p.Form = formOf(at, p.Settings.Gateways[at])
}

// New looks at a gateway that is not in the list yet.
func (p *SettingsPage) New() {
	p.Form = formOf(len(p.Settings.Gateways), OfficeGateway{Lines: 4, Patience: gateway.DefaultTimeout})
	p.Form.Port = DefaultPort
}

// IsNew tells whether the form is about a gateway that is not in the list yet.
func (p *SettingsPage) IsNew() bool { return p.Form.At == len(p.Settings.Gateways) }

// UsedBy are the names of campaigns that are not over and call through a
// gateway of the list.
func (p *SettingsPage) UsedBy(at int) []string {
	if at < 0 || at >= len(p.Settings.Gateways) {
		return nil
	}
	return p.uses[p.Settings.Gateways[at].URL]
}

// With returns the settings as they are with what the form says.
func (p *SettingsPage) With() (OfficeSettings, *FieldProblem) {
	g, wrong := p.Form.Gateway()
	if wrong == nil {
		wrong = p.taken(g)
	}
	if wrong != nil {
		return p.Settings, wrong
	}
	s := p.Settings
	s.Gateways = slices.Clone(s.Gateways)
	if p.IsNew() {
		s.Gateways = append(s.Gateways, g)
	} else {
		s.Gateways[p.Form.At] = g
	}
	return s, nil
}

// taken refuses what another gateway of the list has already.
func (p *SettingsPage) taken(g OfficeGateway) *FieldProblem {
	for i, other := range p.Settings.Gateways {
		switch {
		case i == p.Form.At:
		case strings.EqualFold(other.Name, g.Name):
			return &FieldProblem{FieldName, words.Say("Another gateway has this name. Give each its own.")}
		case other.URL == g.URL:
			return &FieldProblem{FieldAddress, words.Say("%s is in the list already, as %s.", shortAddress(g.URL), other.Name)}
		}
	}
	return nil
}

// Without returns the settings without a gateway of the list.
func (p *SettingsPage) Without(at int) OfficeSettings {
	s := p.Settings
	s.Gateways = slices.Delete(slices.Clone(s.Gateways), at, at+1)
	return s
}

// Saved takes up settings that were stored, with the gateway at a place in
// view.
func (p *SettingsPage) Saved(s OfficeSettings, at int) {
	p.Settings = s
	if at >= len(s.Gateways) {
		at = BuiltInGateway
	}
	p.Choose(at)
}

// DefaultPort is where Voicent's protocol is spoken.
const DefaultPort = "8155"

// Field is one of the gateway form.
type Field int

// The fields.
const (
	FieldName Field = iota
	FieldAddress
	FieldPort
)

// FieldProblem says what is wrong in a field, and what to do.
type FieldProblem struct {
	Field Field
	Words string
}

// GatewayForm is a gateway as it is typed.
type GatewayForm struct {
	At                  int // its place in the list
	Name, Address, Port string
	Lines               int
	Patience            time.Duration
	was                 OfficeGateway
}

func formOf(at int, g OfficeGateway) GatewayForm {
	f := GatewayForm{At: at, Name: g.Name, Lines: max(g.Lines, 1), Patience: g.Patience, was: g}
	if f.Patience == 0 {
		f.Patience = gateway.DefaultTimeout
	}
	f.Address, f.Port = fieldsOf(g.URL)
	return f
}

// fieldsOf writes a base URL as its fields: only what is not plain is written
// as an address of the web.
func fieldsOf(address string) (host, port string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address, ""
	}
	_, port = hostPort(address)
	if u.Scheme == "http" && strings.Trim(u.Path, "/") == "" {
		return u.Hostname(), port
	}
	u.Host = bracketed(u.Hostname())
	return u.String(), port
}

func bracketed(host string) string {
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// BuiltIn tells whether the form is about the built-in gateway, which has
// nothing to type.
func (f GatewayForm) BuiltIn() bool { return f.At == BuiltInGateway }

// Changed tells whether something was typed that is not saved.
func (f GatewayForm) Changed() bool {
	if f.BuiltIn() {
		return false
	}
	g, wrong := f.Gateway()
	was := f.was
	if was.Patience == 0 {
		was.Patience = gateway.DefaultTimeout
	}
	return wrong != nil && f != formOf(f.At, f.was) && f.typed() || wrong == nil && g != was
}

// typed tells whether a new gateway is more than an empty form.
func (f GatewayForm) typed() bool {
	return f.was.URL != "" || strings.TrimSpace(f.Name+f.Address) != ""
}

// Gateway is what the form says, or what is wrong with it.
func (f GatewayForm) Gateway() (OfficeGateway, *FieldProblem) {
	g := OfficeGateway{Name: strings.TrimSpace(f.Name), Lines: f.Lines, Patience: f.Patience}
	address, wrong := baseURL(strings.TrimSpace(f.Address), strings.TrimSpace(f.Port))
	switch {
	case g.Name == "":
		return g, &FieldProblem{FieldName, words.Say("Give it a name, such as Front office.")}
	case wrong != nil:
		return g, wrong
	}
	g.URL = address
	return g, nil
}

// Target is where a test goes, whatever the gateway is called.
func (f GatewayForm) Target() (OfficeGateway, *FieldProblem) {
	if f.BuiltIn() {
		return OfficeGateway{}, nil
	}
	f.Name = DefaultListen // a test does not ask for one
	return f.Gateway()
}

// baseURL reads an address as people give it: a name or a number of a
// computer, either with its port, or an address of the web.
func baseURL(address, port string) (string, *FieldProblem) {
	if address == "" {
		return "", &FieldProblem{FieldAddress, words.Say("Type the name or the number of the computer, such as 192.0.2.10.")}
	}
	scheme, path, host := "http", "", address
	if strings.Contains(address, "://") {
		u, err := url.Parse(address)
		if err != nil || u.Hostname() == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
			return "", &FieldProblem{FieldAddress, words.Say("This is no address of a gateway; one looks like http://192.0.2.10:8155.")}
		}
		scheme, host, path = u.Scheme, u.Host, strings.TrimSuffix(u.Path, "/")
	}
	if h, p, err := net.SplitHostPort(host); err == nil && h != "" {
		host, port = h, p
	}
	host = strings.Trim(host, "[]")
	if host == "" || strings.ContainsAny(host, " /?#@%\\\"") {
		return "", &FieldProblem{FieldAddress, words.Say("This is no address of a gateway; one looks like 192.0.2.10 or gateway.example.")}
	}
	if port == "" {
		port = DefaultPort
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		return "", &FieldProblem{FieldPort, words.Say("A port is a number from 1 to 65535; gateways mostly have 8155.")}
	}
	return scheme + "://" + net.JoinHostPort(host, port) + path, nil
}

// Patiences are how long an answer of a gateway may be waited for.
func Patiences() []time.Duration {
	return []time.Duration{5 * time.Second, 10 * time.Second, 30 * time.Second, time.Minute}
}

// PatienceWords says one of them.
func PatienceWords(d time.Duration) string {
	return words.Many(int(d/time.Second), "%s second", "%s seconds")
}

// Retentions are the days that things may be kept; zero is for ever. One that
// was set otherwise is among them.
func Retentions(set int) []int {
	days := []int{0, 30, 90, 180, 365, 1095}
	if !slices.Contains(days, set) {
		days = append(days, set)
		slices.Sort(days)
	}
	return days
}

// RecordRetentions are the days that the built-in gateway may keep records; it
// never keeps them for ever.
func RecordRetentions(set int) []int {
	return slices.DeleteFunc(Retentions(set), func(days int) bool { return days == 0 })
}

// RetentionWords says for how long: "90 days", "3 years".
func RetentionWords(days int) string {
	switch {
	case days == 0:
		return words.Say("For ever")
	case days%365 == 0:
		return words.Many(days/365, "%s year", "%s years")
	default:
		return words.Many(days, "%s day", "%s days")
	}
}

// RetentionProblem says what is wrong with how long things are kept; empty if
// nothing is.
func RetentionProblem(k campaign.Retention) string {
	if k.Consistent() {
		return ""
	}
	return words.Say("Results are kept at least as long as calls: choose a shorter time for calls, or a longer one for results.")
}
