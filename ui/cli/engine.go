package cli

import (
	"fmt"
	"net/url"
	"os/user"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/gateway"
)

// engineFlags say when, how often and through which gateways people are called,
// beyond the few flags that every campaign needs.
type engineFlags struct {
	Gateway  []string `placeholder:"URL" sep:"none" help:"A gateway elsewhere, or built-in; several share the calls, URL*2 takes twice its part."`
	Rate     float64  `placeholder:"N" help:"Calls begun in a second at most."`
	Start    string   `placeholder:"TIME" help:"Call nobody before this time (2026-12-01 09:00, of this computer)."`
	StopAt   string   `placeholder:"TIME" help:"Call nobody from this time on."`
	Office   string   `placeholder:"9-17" help:"Call only at these hours of this computer's clock, whatever the time at people's places."`
	Holidays []string `placeholder:"CALENDAR" help:"Call nobody on the holidays of a calendar, such as us-federal."`
	DayOff   []string `placeholder:"DATE" help:"Call nobody on this day (2026-12-24)."`
	Law      string   `placeholder:"PRESET" help:"Keep the rules of a preset: us, us-states, gb or eu."`
	Exempt   []string `placeholder:"RULE=WHY" sep:"none" help:"Switch one rule of the preset off; the reason is kept in the audit log."`
	Limit    []string `placeholder:"3/30d" help:"Call a number at most so often in such a time, in all campaigns together."`
	Gap      string   `placeholder:"72h" help:"Leave a number alone for so long after any call."`
	Tries    int      `placeholder:"N" help:"Calls to a person in all (3)."`
	Retry    []string `placeholder:"busy=10m" sep:"none" help:"How long after an outcome a person is called again: busy, no_answer, no_message, congestion, machine or reached; add +other-time, +next-number, *2 for two calls at most, or =never."`
	Finished string   `placeholder:"FIELD" help:"Call again until this question of the flow was answered; needs --retry reached=TIME."`
	Machines string   `enum:"message,off" default:"message" help:"What an answering machine hears: the message, or off to take every answer for a person's."`
}

// validate refuses flags that say nothing before anything is opened.
func (f *engineFlags) validate() error {
	_, err := f.apply(campaign.Settings{}, time.Now())
	return err
}

// apply sets what the flags say.
func (f *engineFlags) apply(s campaign.Settings, now time.Time) (campaign.Settings, error) {
	s = s.Complete()
	for _, set := range []func(*campaign.Settings, time.Time) error{
		f.applyGateways, f.applyTimes, f.applyDays, f.applyLaw, f.applyLimits, f.applyRetries,
	} {
		if err := set(&s, now); err != nil {
			return s, &usageError{message: err.Error()}
		}
	}
	s.Rate, s.Finished = f.Rate, f.Finished
	if f.Machines == "off" {
		s.Machines = campaign.MachineNothing
	}
	return s, nil
}

func (f *engineFlags) applyGateways(s *campaign.Settings, _ time.Time) error {
	if f.Rate < 0 {
		return fmt.Errorf("--rate %v: it cannot be less than nothing", f.Rate)
	}
	for _, text := range f.Gateway {
		via, err := parseVia(text)
		if err != nil {
			return err
		}
		s.Gateways = append(s.Gateways, via)
	}
	if len(s.Gateways) == 1 {
		s.Gateway, s.Gateways = s.Gateways[0].URL, nil
	}
	return nil
}

// parseVia reads an address with the gateway's part of the calls behind it.
func parseVia(text string) (campaign.Via, error) {
	address, weight, weighted := strings.Cut(text, "*")
	via := campaign.Via{URL: strings.TrimSuffix(address, "/"), Weight: 1}
	var err error
	if weighted {
		if via.Weight, err = strconv.Atoi(weight); err != nil || via.Weight < 1 {
			return via, fmt.Errorf("--gateway %s: %q is no part of the calls; 2 is twice that of the others", text, weight)
		}
	}
	if via.URL == campaign.BuiltIn {
		via.URL = ""
		return via, nil
	}
	u, err := url.Parse(via.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return via, fmt.Errorf("--gateway %s: no address of a gateway; it looks like http://192.0.2.7:8155", text)
	}
	return via, nil
}

func (f *engineFlags) applyTimes(s *campaign.Settings, now time.Time) (err error) {
	if s.NotBefore, err = parseTime("--start", f.Start, now); err != nil {
		return err
	}
	if s.NotAfter, err = parseTime("--stop-at", f.StopAt, now); err != nil {
		return err
	}
	if !s.NotAfter.IsZero() && !s.NotAfter.After(s.NotBefore) {
		return fmt.Errorf("--stop-at %s is not after --start", f.StopAt)
	}
	if f.Office == "" {
		return nil
	}
	if s.Office, err = parseWeek(f.Office); err != nil {
		return fmt.Errorf("--office: %w", err)
	}
	s.Zoned, err = hereZone(now)
	return err
}

// parseWeek reads hours that are the same on every day, 9-20, or differ by the
// day, "Mo-Fr 9-20, Sa 10-18".
func parseWeek(text string) (campaign.Hours, error) {
	h, err := campaign.ParseHours(text)
	if err == nil {
		return h, nil
	}
	if h, week := campaign.ParseWeek(text); week == nil {
		return h, nil
	}
	return h, err
}

// parseTime reads a moment of this computer's clock; a time alone is today's.
func parseTime(flag, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, nil
		}
	}
	clock, err := time.ParseInLocation("15:04", text, now.Location())
	if err != nil {
		return time.Time{}, fmt.Errorf("%s %s: no time; it looks like 2026-12-01 09:00, or 09:00 for today", flag, text)
	}
	return time.Date(now.Year(), now.Month(), now.Day(), clock.Hour(), clock.Minute(), 0, 0, now.Location()), nil
}

func (f *engineFlags) applyDays(s *campaign.Settings, now time.Time) error {
	for _, key := range f.Holidays {
		if _, known := campaign.HolidaysOf(key, now.Year()); !known {
			return fmt.Errorf("--holidays %s: no such calendar; there are %s", key, strings.Join(campaign.HolidayCalendars(), ", "))
		}
	}
	s.Holidays = f.Holidays
	for _, text := range f.DayOff {
		t, err := time.Parse("2006-01-02", text)
		if err != nil {
			return fmt.Errorf("--day-off %s: no date; it looks like 2026-12-24", text)
		}
		s.DaysOff = append(s.DaysOff, campaign.Day{Year: t.Year(), Month: t.Month(), Day: t.Day()})
	}
	return nil
}

func (f *engineFlags) applyLaw(s *campaign.Settings, now time.Time) error {
	law, known := campaign.LawOf(campaign.LawKey(f.Law))
	if f.Law != "" && !known {
		return fmt.Errorf("--law %s: no such preset; there are us, us-states, gb and eu", f.Law)
	}
	s.Law = campaign.LawKey(f.Law)
	for _, text := range f.Exempt {
		id, why, said := strings.Cut(text, "=")
		rule := campaign.RuleID(id)
		if !slices.ContainsFunc(law.Rules, func(r campaign.LawRule) bool { return r.ID == rule }) {
			return fmt.Errorf("--exempt %s: the preset has no rule of that name", id)
		}
		if !said || strings.TrimSpace(why) == "" {
			return fmt.Errorf("--exempt %s: say why, as in --exempt %s=\"they asked for it\"", id, id)
		}
		s.Exempt = append(s.Exempt, campaign.Exemption{Rule: rule, Who: account(), When: now, Why: why})
	}
	return nil
}

// account is who uses the program.
func account() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}

func (f *engineFlags) applyLimits(s *campaign.Settings, _ time.Time) error {
	for _, text := range f.Limit {
		calls, within, found := strings.Cut(text, "/")
		n, err := strconv.Atoi(calls)
		d, err2 := parseSpan(within)
		if !found || err != nil || err2 != nil || n < 1 || d <= 0 {
			return fmt.Errorf("--limit %s: it looks like 3/30d, three calls in 30 days", text)
		}
		s.Limits = append(s.Limits, campaign.Limit{Calls: n, Within: d})
	}
	if f.Gap == "" {
		return nil
	}
	d, err := parseSpan(f.Gap)
	if err != nil || d <= 0 {
		return fmt.Errorf("--gap %s: it looks like 72h or 3d", f.Gap)
	}
	s.Gaps = append(s.Gaps, campaign.Gap{For: d})
	return nil
}

// parseSpan reads a stretch of time, of days too.
func parseSpan(text string) (time.Duration, error) {
	if days, found := strings.CutSuffix(text, "d"); found {
		n, err := strconv.Atoi(days)
		return time.Duration(n) * 24 * time.Hour, err
	}
	return time.ParseDuration(text)
}

func (f *engineFlags) applyRetries(s *campaign.Settings, _ time.Time) error {
	if f.Tries < 0 {
		return fmt.Errorf("--tries %d: it cannot be less than nothing", f.Tries)
	}
	if f.Tries > 0 {
		s.Retry.Tries = f.Tries
	}
	for _, text := range f.Retry {
		outcome, again, never, err := parseRetry(text)
		if err != nil {
			return err
		}
		if never {
			delete(s.Retry.After, outcome)
			continue
		}
		s.Retry.After[outcome] = again
	}
	if _, found := s.Retry.After[gateway.OutcomeReached]; f.Finished != "" && !found {
		return fmt.Errorf("--finished %s: say after how long people are called again, as in --retry reached=2h", f.Finished)
	}
	return nil
}

// parseRetry reads busy=10m*2+other-time+next-number, or busy=never.
func parseRetry(text string) (o gateway.Outcome, a campaign.Again, never bool, err error) {
	name, rest, _ := strings.Cut(text, "=")
	o = gateway.Outcome(name)
	bad := fmt.Errorf("--retry %s: it looks like busy=10m, no_answer=2h+other-time*2, machine=1d or busy=never", text)
	switch o {
	case gateway.OutcomeBusy, gateway.OutcomeNoAnswer, gateway.OutcomeNoMessage, gateway.OutcomeCongestion, gateway.OutcomeMachine, gateway.OutcomeReached:
	default:
		return o, a, false, bad
	}
	if rest == "never" {
		return o, a, true, nil
	}
	parts := strings.Split(rest, "+")
	delay, times, counted := strings.Cut(parts[0], "*")
	if a.Delay, err = parseSpan(delay); err != nil || a.Delay < 0 {
		return o, a, false, bad
	}
	if counted {
		if a.Tries, err = strconv.Atoi(times); err != nil || a.Tries < 1 {
			return o, a, false, bad
		}
	}
	for _, extra := range parts[1:] {
		switch extra {
		case "other-time":
			a.OtherTime = true
		case "next-number":
			a.NextNumber = true
		default:
			return o, a, false, bad
		}
	}
	return o, a, false, nil
}
