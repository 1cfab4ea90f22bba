package view

import (
	"net/url"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// Sidelined is a campaign that is being called, as far as the foot of the side
// bar is about it.
type Sidelined struct {
	Settings campaign.Settings
	Practice bool
	Busy     int // calls in progress
}

// GatewayFoot says through which gateway calls are made, and how many of its
// lines are in use.
func GatewayFoot(calling []Sidelined) (head, line string) {
	names, lines, busy, practice := map[string]bool{}, 0, 0, true
	for _, s := range calling {
		for _, via := range s.Settings.Ways() {
			names[via.URL] = true
			head = viaName(via.URL)
		}
		lines, busy, practice = lines+s.Settings.Lines, busy+s.Busy, practice && s.Practice
	}
	lines = max(lines, busy)
	switch {
	case len(calling) == 0:
		return viaName(""), words.Say("Starts with the first call")
	case len(names) > 1:
		head = words.Many(len(names), "%s gateway", "%s gateways")
	}
	if practice {
		return head, words.Say("Practice, %s of %s lines", words.Number(busy), words.Number(lines))
	}
	return head, words.Say("%s of %s lines in use", words.Number(busy), words.Number(lines))
}

func viaName(address string) string {
	if address == "" {
		return words.Say("Built-in gateway")
	}
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
