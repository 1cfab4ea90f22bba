package view_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
	"rollcall/ui/view"
)

func regionOf(s string) phone.Region { return phone.Region(s) }

// officeShelf also has what the office set.
type officeShelf struct {
	shelf
	office view.OfficeSettings
}

func (s *officeShelf) OfficeSettings(context.Context) (campaign.OfficeSettings, error) {
	return s.office, nil
}

// frontOffice is an office with two gateways, of which a campaign uses the
// first.
func frontOffice(t *testing.T) *view.SettingsPage {
	t.Helper()
	s := &officeShelf{shelf: shelf{campaigns: []campaign.Campaign{
		{Name: "Flu clinic", State: campaign.Paused, Settings: campaign.Settings{Gateway: "http://192.0.2.10:8155"}},
		{Name: "Old", State: campaign.Finished, Settings: campaign.Settings{Gateway: "http://192.0.2.24:9000"}},
	}}}
	s.office.Gateways = []view.OfficeGateway{
		{Name: "Front office", URL: "http://192.0.2.10:8155", Lines: 12, Patience: 5 * time.Second},
		{Name: "Second floor", URL: "http://192.0.2.24:9000", Lines: 1},
	}
	office := &view.Office{Store: s}
	p, err := office.OpenSettings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestGatewaysAreListedWithTheBuiltInOneFirst(t *testing.T) {
	p := frontOffice(t)
	p.Tested["http://192.0.2.24:9000"] = view.Probe{Took: 3 * time.Millisecond, Steps: []view.ProbeStep{{State: view.ProbePassed}}}
	want := []view.GatewayRow{
		{At: view.BuiltInGateway, Name: "Built-in gateway", Under: "127.0.0.1:8155, 4 lines", Words: "Starts with the first call"},
		{At: 0, Name: "Front office", Under: "192.0.2.10:8155, 12 lines", Words: "Not tested"},
		{At: 1, Name: "Second floor", Under: "192.0.2.24:9000, 1 line", State: view.ProbePassed, Words: "Ready, 3 ms"},
	}
	if diff := cmp.Diff(want, p.Rows()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if used := p.UsedBy(0); len(used) != 1 || used[0] != "Flu clinic" || p.UsedBy(1) != nil || p.UsedBy(view.BuiltInGateway) != nil {
		t.Errorf("used by %v, %v", p.UsedBy(0), p.UsedBy(1))
	}
}

func TestAnAddressIsTakenAsPeopleGiveIt(t *testing.T) {
	for _, test := range []struct{ address, port, want string }{
		{"192.0.2.10", "8155", "http://192.0.2.10:8155"},
		{" gateway.example ", "", "http://gateway.example:8155"},
		{"gateway.example:9000", "8155", "http://gateway.example:9000"},
		{"2001:db8::7", "8155", "http://[2001:db8::7]:8155"},
		{"[2001:db8::7]:90", "8155", "http://[2001:db8::7]:90"},
		{"http://192.0.2.10/", "8156", "http://192.0.2.10:8156"},
		{"https://calls.example/gate/", "443", "https://calls.example:443/gate"},
	} {
		f := view.GatewayForm{Name: "a", Address: test.address, Port: test.port, Lines: 4, Patience: gateway.DefaultTimeout}
		g, wrong := f.Gateway()
		if wrong != nil || g.URL != test.want {
			t.Errorf("%s port %s: %s, %v", test.address, test.port, g.URL, wrong)
			continue
		}
		p := &view.SettingsPage{Settings: view.OfficeSettings{Gateways: []view.OfficeGateway{g}}}
		p.Choose(0) // as it is shown again
		if again, wrong := p.Form.Gateway(); wrong != nil || again != g || p.Form.Changed() {
			t.Errorf("%s comes back as %+v, %v", g.URL, again, wrong)
		}
	}
}

func TestAFormSaysWhatIsWrongInWhichField(t *testing.T) {
	for _, test := range []struct {
		name, address, port string
		field               view.Field
		says                string
	}{
		{"", "192.0.2.77", "8155", view.FieldName, "Give it a name"},
		{"a", "", "8155", view.FieldAddress, "Type the name or the number"},
		{"a", "two words", "8155", view.FieldAddress, "no address of a gateway"},
		{"a", "ftp://192.0.2.77", "8155", view.FieldAddress, "no address of a gateway"},
		{"a", "http://who:secret@192.0.2.77", "8155", view.FieldAddress, "no address of a gateway"},
		{"a", "http://", "8155", view.FieldAddress, "no address of a gateway"},
		{"a", "192.0.2.77", "0", view.FieldPort, "1 to 65535"},
		{"a", "192.0.2.77", "65536", view.FieldPort, "1 to 65535"},
		{"a", "192.0.2.77", "http", view.FieldPort, "1 to 65535"},
		{"second FLOOR", "192.0.2.77", "8155", view.FieldName, "Another gateway has this name"},
		{"a", "192.0.2.24", "9000", view.FieldAddress, "in the list already, as Second floor"},
	} {
		p := frontOffice(t)
		p.New()
		p.Form.Name, p.Form.Address, p.Form.Port = test.name, test.address, test.port
		s, wrong := p.With()
		if wrong == nil || wrong.Field != test.field || !strings.Contains(wrong.Words, test.says) || len(s.Gateways) != 2 {
			t.Errorf("%q %q %q: %+v", test.name, test.address, test.port, wrong)
		}
	}
}

func TestAGatewayIsAddedChangedAndRemoved(t *testing.T) {
	p := frontOffice(t)
	p.New()
	if p.Form.Changed() || !p.IsNew() {
		t.Error("an empty form counts as changed")
	}
	p.Form.Name = "Third"
	if !p.Form.Changed() {
		t.Error("what was typed would be lost")
	}
	p.Form.Address = "192.0.2.30"
	s, wrong := p.With()
	if wrong != nil || len(s.Gateways) != 3 || len(p.Settings.Gateways) != 2 {
		t.Fatalf("%v, %d gateways, %d before they are saved", wrong, len(s.Gateways), len(p.Settings.Gateways))
	}
	p.Saved(s, 2)
	if p.IsNew() || p.Form.Name != "Third" || p.Form.Changed() {
		t.Errorf("after saving: %+v", p.Form)
	}
	p.Form.Lines = 7
	s, _ = p.With()
	p.Saved(s, 2)
	if g := p.Settings.Gateways[2]; g.Lines != 7 || g.URL != "http://192.0.2.30:8155" {
		t.Errorf("changed to %+v", g)
	}
	p.Saved(p.Without(2), 2)
	if len(p.Settings.Gateways) != 2 || !p.Form.BuiltIn() {
		t.Errorf("removed: %d left, looking at %d", len(p.Settings.Gateways), p.Form.At)
	}
}

func TestATestNeedsNoName(t *testing.T) {
	p := frontOffice(t)
	p.New()
	p.Form.Address = "192.0.2.30"
	if g, wrong := p.Form.Target(); wrong != nil || g.URL != "http://192.0.2.30:8155" {
		t.Errorf("%+v, %v", g, wrong)
	}
	p.Choose(view.BuiltInGateway)
	if g, wrong := p.Form.Target(); wrong != nil || g.URL != "" || p.Form.Changed() {
		t.Errorf("the built-in one: %+v, %v", g, wrong)
	}
}

func TestHoursOfGroupsOfDays(t *testing.T) {
	h := campaign.DefaultHours()
	h.Days[time.Wednesday] = campaign.Window{From: 600, Till: 720}
	if _, same := view.Weekdays.WindowOf(h); same {
		t.Error("days that differ are said to be the same")
	}
	h = view.Weekdays.Set(h, campaign.Window{From: 555, Till: 1020})
	h = view.Sunday.Set(h, campaign.Window{})
	w, same := view.Weekdays.WindowOf(h)
	if !same || campaign.WeekString(h) != "Mo-Fr 9:15-17, Sa 9-20" {
		t.Errorf("%v, %s", same, campaign.WeekString(h))
	}
	begin := view.BeginTimes(w)
	if begin.Words[begin.At] != "9:15" || begin.Words[0] != "No calls" || len(begin.Words) != 50 {
		t.Errorf("%d times, %s", len(begin.Words), begin.Words[begin.At])
	}
	for at, said := range begin.Words {
		switch said {
		case "No calls":
			if got := begin.Begin(w, at); got != (campaign.Window{}) {
				t.Errorf("no calls: %v", got)
			}
		case "19:00": // later than the calls end
			if got := begin.Begin(w, at); got != (campaign.Window{From: 1140, Till: 1200}) {
				t.Errorf("from 19:00: %v", got)
			}
		case "23:30":
			if got := begin.Begin(w, at); got != (campaign.Window{From: 1410, Till: 1440}) {
				t.Errorf("from 23:30: %v", got)
			}
		}
	}
	sunday, _ := view.Sunday.WindowOf(h)
	none := view.BeginTimes(sunday)
	if none.At != 0 || none.Begin(sunday, 19) != (campaign.Window{From: 540, Till: 1020}) {
		t.Errorf("a day without calls: %d, begins %v", none.At, none.Begin(sunday, 19))
	}
	end := view.EndTimes(w)
	if end.Words[end.At] != "17:00" || end.Words[len(end.Words)-1] != "24:00" {
		t.Errorf("ends at %s of %v", end.Words[end.At], end.Words)
	}
	if got := end.End(w, len(end.Words)-1); got.Till != 24*60 {
		t.Errorf("until midnight: %v", got)
	}
	if got := view.EndTimes(campaign.Window{From: 600, Till: 660}).End(campaign.Window{From: 600, Till: 660}, 19); got.Till != 660 {
		t.Errorf("an end at the beginning: %v", got)
	}
}

func TestACountryIsFoundAsItIsTyped(t *testing.T) {
	for _, test := range []struct {
		typed, here, want, says string
		ok                      bool
	}{
		{"", "DE", "", "As this computer: Germany", true}, {"", "", "", "United States", true},
		{"germany", "", "DE", "Germany", true}, {"Polska", "", "PL", "Poland", true}, {"+44", "", "GB", "United Kingdom", true},
		{"fr", "", "FR", "France", true}, {"Atlantis", "DE", "", "No country is called that", false},
	} {
		r, said, ok := view.FindCountry(test.typed, regionOf(test.here))
		if string(r) != test.want || ok != test.ok || !strings.Contains(said, test.says) {
			t.Errorf("%q: %q, %q, %v", test.typed, r, said, ok)
		}
	}
}

func TestAZoneIsFoundAsItIsTyped(t *testing.T) {
	now := time.Date(2026, 3, 2, 14, 30, 0, 0, time.UTC)
	for _, test := range []struct {
		typed, want, says string
		ok                bool
	}{
		{"", "", "14:30", true}, {"America/New York", "America/New_York", "It is 9:30 there", true},
		{"Europe/Berlin", "Europe/Berlin", "It is 15:30 there", true}, {"Mars/Base", "", "No time zone", false}, {"Local", "", "No time zone", false},
	} {
		zone, said, ok := view.FindZone(test.typed, now)
		if zone != test.want || ok != test.ok || !strings.Contains(said, test.says) {
			t.Errorf("%q: %q, %q, %v", test.typed, zone, said, ok)
		}
	}
}

func TestRetentionsAreSaidInYearsAndDays(t *testing.T) {
	for days, want := range map[int]string{0: "For ever", 1: "1 day", 90: "90 days", 365: "1 year", 1095: "3 years"} {
		if got := view.RetentionWords(days); got != want {
			t.Errorf("%d: %s", days, got)
		}
	}
	if diff := cmp.Diff([]int{0, 30, 45, 90, 180, 365, 1095}, view.Retentions(45)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]int{7, 30, 90, 180, 365, 1095}, view.RecordRetentions(7)); diff != "" {
		t.Error(diff)
	}
	if view.RetentionProblem(campaign.Retention{Results: 30}) == "" || view.RetentionProblem(campaign.Retention{Results: 90, Calls: 90}) != "" {
		t.Error("what can be kept is told wrong")
	}
	if view.PatienceWords(time.Minute) != "60 seconds" {
		t.Error(view.PatienceWords(time.Minute))
	}
}
