package campaign_test

import (
	"fmt"
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/phone"
	"rollcall/gateway"
)

// benchRows are people of some sixty zones, with so many past calls each.
func benchRows(b *testing.B, past int) ([]campaign.Contact, []campaign.Facts, time.Time) {
	b.Helper()
	zones := []string{
		"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage",
		"Pacific/Honolulu", "America/Halifax", "America/St_Johns", "America/Toronto", "America/Mexico_City", "America/Bogota",
		"America/Lima", "America/Santiago", "America/Sao_Paulo", "America/Caracas", "America/Havana", "Atlantic/Azores",
		"Europe/London", "Europe/Lisbon", "Europe/Dublin", "Europe/Madrid", "Europe/Paris", "Europe/Berlin", "Europe/Rome",
		"Europe/Vienna", "Europe/Warsaw", "Europe/Athens", "Europe/Helsinki", "Europe/Kyiv", "Europe/Istanbul", "Africa/Cairo",
		"Africa/Lagos", "Africa/Nairobi", "Africa/Johannesburg", "Africa/Casablanca", "Asia/Jerusalem", "Asia/Dubai", "Asia/Tehran",
		"Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Singapore",
		"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Manila", "Asia/Seoul", "Asia/Tokyo", "Australia/Perth", "Australia/Adelaide",
		"Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati", "Pacific/Fiji",
	}
	now := time.Date(2026, 11, 24, 17, 0, 0, 0, time.UTC)
	rows, facts := make([]campaign.Contact, 10_000), make([]campaign.Facts, 10_000)
	for i := range rows {
		n := phone.Number(fmt.Sprintf("+1%03d555%04d", 200+i%700, i))
		rows[i] = campaign.Contact{ID: campaign.ContactID(i + 1), Number: n, Zones: []string{zones[i%len(zones)]}, Status: campaign.Ready}
		if i%10 == 0 {
			rows[i].Zones = append(rows[i].Zones, zones[(i+7)%len(zones)])
		}
		for k := range past {
			begun := now.Add(-time.Duration(k+1) * 26 * time.Hour)
			facts[i].Past = append(facts[i].Past, campaign.Past{Number: n, Contact: 99, Begun: begun, Ended: begun.Add(time.Minute), Outcome: gateway.OutcomeNoAnswer})
		}
	}
	return rows, facts, now
}

// benchRules are a country's hours and limit, and of every third area its own
// hours and holidays.
func benchRules() func(phone.Number) []campaign.LawRule {
	hours, limit := campaign.EveryDay(8*60, 21*60), campaign.Limit{Calls: 3, Within: 30 * 24 * time.Hour}
	own := campaign.EveryDay(9*60, 20*60)
	all := []campaign.LawRule{{ID: "hours", Hours: &hours}, {ID: "limit", Limit: &limit, UnlessConsent: true}}
	more := append(all[:2:2], campaign.LawRule{ID: "area-hours", Hours: &own}, campaign.LawRule{ID: "area-holidays", Holidays: "area"})
	return func(n phone.Number) []campaign.LawRule {
		if n[4]%3 == 0 {
			return more
		}
		return all
	}
}

func BenchmarkDecide(b *testing.B) {
	holidays := func(_ string, year int) ([]campaign.Day, bool) {
		return []campaign.Day{{Year: year, Month: time.December, Day: 25}, {Year: year, Month: time.November, Day: 26}}, true
	}
	for _, past := range []int{0, 3} {
		b.Run(fmt.Sprintf("past=%d", past), func(b *testing.B) {
			rows, facts, now := benchRows(b, past)
			c := running()
			j := campaign.JudgeBy(c.Settings, benchRules(), holidays)
			verdicts := map[campaign.Verdict]int{}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				k := i % len(rows)
				verdicts[j.Decide(now.Add(time.Duration(i)*time.Millisecond), c, rows[k], facts[k]).Verdict]++
			}
			if verdicts[campaign.Wait] == 0 || past == 0 && verdicts[campaign.Dial] == 0 {
				b.Errorf("decided %v", verdicts)
			}
		})
	}
}

// TestJudgeForgets: a judge that was asked about very many places remembers
// only some of them, and answers as before.
func TestJudgeForgets(t *testing.T) {
	c, p := running(), ready()
	j := campaign.NewJudge(c.Settings)
	for i := range 25_000 {
		p.Hours = campaign.EveryDay(campaign.Clock(600+i%100), campaign.Clock(720+i/100))
		noon := eastern(t, "2026-11-24 12:00:00")
		if got, want := j.Decide(noon, c, p, campaign.Facts{}).Verdict, campaign.Dial; got != want && i%100 <= 60 && i/100 > 0 {
			t.Fatalf("%v: %v", p.Hours, got)
		}
	}
	if j.Remembered() > 20_000 {
		t.Errorf("%d days are remembered", j.Remembered())
	}
}
