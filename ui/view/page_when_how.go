package view

import (
	"context"
	"errors"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/words"
	"rollcall/gateway"
)

// This file is through which gateway, and how fast, on the page When and how.

// GatewayChoice is a gateway that can be chosen; without an address it is the
// built-in one.
type GatewayChoice struct{ Name, URL string }

// GatewayChoices are the built-in gateway, those of the office, and those that
// other campaigns call through. url is among them in any case.
func (p *WhenPage) GatewayChoices(url string) (choices []GatewayChoice, at int) {
	choices = []GatewayChoice{{words.Say("Built in, practice"), ""}}
	add := func(g GatewayChoice) {
		if !slices.ContainsFunc(choices, func(c GatewayChoice) bool { return c.URL == g.URL }) {
			choices = append(choices, g)
		}
	}
	if !p.Sample {
		for _, g := range p.Office {
			add(g)
		}
		for _, other := range p.Others {
			for _, via := range other.Settings.Ways() {
				add(GatewayChoice{hostOf(via.URL), via.URL})
			}
		}
		add(GatewayChoice{hostOf(url), url})
	}
	return choices, slices.IndexFunc(choices, func(c GatewayChoice) bool { return c.URL == url })
}

// Know notes the gateways that the office has set.
func (p *WhenPage) Know(s OfficeSettings) {
	p.Office = nil
	for _, g := range s.Gateways {
		p.Office = append(p.Office, GatewayChoice{g.Name, g.URL})
	}
}

// Spare are the gateways that calls are not given to yet.
func (p *WhenPage) Spare() []GatewayChoice {
	ways := p.Settings.Ways()
	choices, _ := p.GatewayChoices(ways[0].URL)
	return slices.DeleteFunc(choices, func(c GatewayChoice) bool {
		return slices.ContainsFunc(ways, func(v campaign.Via) bool { return v.URL == c.URL })
	})
}

// hostOf is an address without what people do not look at.
func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}

// ReadAddress reads the address of a gateway as people type it: a scheme and a
// port may be absent.
func ReadAddress(text string) (string, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(u.Host, " \t") {
		return "", errors.New(words.Say("an address looks like %s", "http://192.0.2.7:8155"))
	}
	if u.Port() == "" && u.Scheme == "http" {
		u.Host += ":8155"
	}
	return strings.TrimSuffix(u.String(), "/"), nil
}

// SetGateway calls through one gateway. A sample keeps to the built-in one, and
// so does a campaign whose people were called already to its own.
func (p *WhenPage) SetGateway(url string) bool {
	if p.Started || p.Sample && url != "" {
		return false
	}
	p.Settings.Gateway, p.Settings.Gateways = url, nil
	if url != "" {
		p.Settings.Speed = 1
	}
	return true
}

// Several tells whether calls are shared out among gateways.
func (p *WhenPage) Several() bool { return len(p.Settings.Gateways) > 0 }

// AddVia adds a gateway; the one that was there alone stays.
func (p *WhenPage) AddVia(url string) bool {
	ways := p.Settings.Ways()
	if p.Started || p.Sample || slices.ContainsFunc(ways, func(v campaign.Via) bool { return v.URL == url }) {
		return false
	}
	p.Settings.Gateways = append(slices.Clone(ways), campaign.Via{URL: url, Weight: 1})
	p.Settings.Gateway = ""
	return true
}

// SetVia changes how many calls one of several gateways is given.
func (p *WhenPage) SetVia(i int, v campaign.Via) {
	if !p.Started {
		p.Settings.Gateways = slices.Clone(p.Settings.Gateways)
		p.Settings.Gateways[i] = v
	}
}

// RemoveVia takes one away; the last one is the only one.
func (p *WhenPage) RemoveVia(i int) {
	if p.Started {
		return
	}
	left := slices.Delete(slices.Clone(p.Settings.Gateways), i, i+1)
	p.Settings.Gateways = left
	if len(left) == 1 && left[0].Lines == 0 && left[0].Rate == 0 {
		p.Settings.Gateway, p.Settings.Gateways = left[0].URL, nil
	}
}

func (p *WhenPage) blockedGateway() string {
	for _, via := range p.Settings.Ways() {
		if p.Sample && via.URL != "" {
			return words.Say("The sample rings no phone. Choose the built-in gateway.")
		}
	}
	return ""
}

// BuiltIn tells whether calls go through the built-in gateway alone.
func (p *WhenPage) BuiltIn() bool { return BuiltIn(p.Settings) }

// BuiltIn tells whether settings call through the built-in gateway alone.
func BuiltIn(s campaign.Settings) bool {
	return !slices.ContainsFunc(s.Ways(), func(v campaign.Via) bool { return v.URL != "" })
}

// perMinute is calls begun in a minute; a rate too small to be one is one.
func perMinute(rate float64) int {
	if rate <= 0 {
		return 0
	}
	return max(1, int(math.Round(rate*60)))
}

// PerMinute is how many calls are begun in a minute at most; zero: no bound.
func (p *WhenPage) PerMinute() int { return perMinute(p.Settings.Rate) }

// SetPerMinute changes it.
func (p *WhenPage) SetPerMinute(n int) { p.Settings.Rate = float64(n) / 60 }

// PerMinuteWords says it in a field.
func PerMinuteWords(n int) string {
	if n == 0 {
		return words.Say("no limit")
	}
	return words.Number(n)
}

// SpeedChoices are how fast the practice line may be; one that is set is among
// them.
func (p *WhenPage) SpeedChoices() (speeds []int, at int) {
	speeds = []int{1, 10, 60}
	if i, found := slices.BinarySearch(speeds, p.Settings.Speed); !found {
		speeds = slices.Insert(speeds, i, p.Settings.Speed)
	}
	return speeds, slices.Index(speeds, p.Settings.Speed)
}

// SpeedWords says how fast it is.
func SpeedWords(n int) string {
	if n == 1 {
		return words.Say("as in life")
	}
	return words.Say("%s times as fast", words.Number(n))
}

// MachineChoices are what an answering machine hears, in words.
func MachineChoices() []Choice {
	return []Choice{
		{string(campaign.MachineMessage), words.Say("The message")},
		{string(campaign.MachineNothing), words.Say("What people hear")},
	}
}

// GatewayTest is what a gateway said of itself.
type GatewayTest struct {
	Words    string
	Answers  bool
	Practice bool // no phone rings
}

// TestGateway asks the gateway at an address what it is, and dials nothing.
func TestGateway(ctx context.Context, address string) GatewayTest {
	if address == "" {
		return GatewayTest{Words: words.Say("It is part of Rollcall and starts with the first call. No phone rings."), Answers: true, Practice: true}
	}
	begun := time.Now()
	_, about, away := aboutGateway(ctx, address)
	took := max(1, int(time.Since(begun).Milliseconds()))
	if away {
		return GatewayTest{Words: nothingAnswers(address)}
	}
	return GatewayTest{Words: aboutWords(about, took), Answers: true, Practice: about.Extended && about.Practice}
}

func aboutWords(about gateway.About, took int) string {
	ms := words.Number(took)
	switch {
	case about.Extended && about.Practice:
		return words.Many(about.Lines, "%s line, answers in %s ms. No phone rings.", "%s lines, answers in %s ms. No phone rings.", ms)
	case about.Extended:
		return words.Many(about.Lines, "%s line, answers in %s ms. Real telephones ring.", "%s lines, answers in %s ms. Real telephones ring.", ms)
	default:
		return words.Say("Answers in %s ms. Real telephones ring, and it cannot be asked what became of a call after a crash.", ms)
	}
}
