package campaign_test

import (
	"testing"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
)

// TestOtherTime: a call in the afternoon is followed by one in the evening or
// in the morning.
func TestOtherTime(t *testing.T) {
	other := afterBusy(campaign.Again{Delay: 10 * time.Minute, OtherTime: true})
	hours := func(from, till campaign.Clock) func(*campaign.Settings) {
		return func(s *campaign.Settings) { other(s); s.Hours = campaign.EveryDay(from, till) }
	}
	busy := func(when string) campaign.Facts {
		return attempts(at(number(0), eastern(t, when), gateway.OutcomeBusy))
	}
	retry := func(until string) campaign.Decision {
		return waits(eastern(t, until), campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: 2, Of: 9, Zone: newYork})
	}
	runCases(t, []gateCase{
		{name: "the evening", now: eastern(t, "2026-11-24 13:00:00"), settings: other, facts: busy("2026-11-24 13:00:00"), want: retry("2026-11-24 17:00:00")},
		{name: "the delay is over", now: eastern(t, "2026-11-24 16:00:00"), settings: other, facts: busy("2026-11-24 13:00:00"), want: retry("2026-11-24 17:00:00")},
		{name: "it has come", now: eastern(t, "2026-11-24 17:00:00"), settings: other, facts: busy("2026-11-24 13:00:00"), want: dials(number(0))},
		{name: "the next morning", now: eastern(t, "2026-11-24 18:00:00"), settings: other, facts: busy("2026-11-24 18:00:00"), want: retry("2026-11-25 09:00:00")},
		{name: "over noon, by its beginning", now: eastern(t, "2026-11-24 12:00:30"), settings: other, facts: busy("2026-11-24 12:00:30"),
			want: waits(eastern(t, "2026-11-24 12:10:30"), campaign.Reason{Code: campaign.CodeRetry, Outcome: "busy", Try: 2, Of: 9})},
		{name: "one part only", now: eastern(t, "2026-11-24 11:00:00"), settings: hours(9*60, 12*60), facts: busy("2026-11-24 10:00:00"), want: dials(number(0))},
		{name: "one part only, on the next day", now: eastern(t, "2026-11-24 11:55:00"), settings: hours(9*60, 12*60), facts: busy("2026-11-24 11:55:00"), want: retry("2026-11-25 09:00:00")},
		{name: "one part is left before the end", now: eastern(t, "2026-11-24 16:00:00"), settings: func(s *campaign.Settings) {
			other(s)
			s.NotAfter = eastern(t, "2026-11-24 17:00:00")
		}, facts: busy("2026-11-24 13:00:00"), want: dials(number(0))},
		{name: "at all hours, place unknown", now: eastern(t, "2026-11-24 16:00:00"), settings: func(s *campaign.Settings) { other(s); s.Hours = campaign.AllHours() },
			row: func(p *campaign.Contact) { p.Zones = nil }, facts: busy("2026-11-24 13:00:00"), want: dials(number(0))},
	})
}
