package campaign_test

import (
	"sync"
	"time"

	"rollcall/campaign"
)

// This file is what the oracle knows of clocks.

// walls is the clock of a place: in each slot, minutes since 1970 as it shows
// them.
type walls []uint32

type wallsKey struct {
	zone  string
	start int64
	grid  int64
}

// wallClocks remembers them; several tests may ask.
type wallClocks struct {
	mu    sync.Mutex
	known map[wallsKey]walls
}

func (w *wallClocks) of(zone string, start, grid int64, slots int) walls {
	w.mu.Lock()
	defer w.mu.Unlock()
	key := wallsKey{zone, start, grid}
	if found := w.known[key]; found != nil {
		return found
	}
	place, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	made := make(walls, slots)
	for i := range made {
		t := time.Unix(start+int64(i)*grid, 0)
		_, offset := t.In(place).Zone()
		made[i] = uint32((t.Unix() + int64(offset)) / 60)
	}
	if w.known == nil {
		w.known = map[wallsKey]walls{}
	}
	w.known[key] = made
	return made
}

// demand is one thing that must be so at every one of some clocks.
type demand struct {
	clocks []walls
	week   *[7 * 24 * 60]bool // open minutes of the week, Sunday first
	off    map[uint32]bool    // closed days since 1970
}

func (d demand) open(slot int) bool {
	for _, clock := range d.clocks {
		wall := clock[slot]
		const thursday = 4
		weekday := (wall/1440 + thursday) % 7
		if d.week != nil && !d.week[weekday*1440+wall%1440] || d.off != nil && d.off[wall/1440] {
			return false
		}
	}
	return true
}

// weekOf marks the open minutes of a week.
func weekOf(h campaign.Hours) *[7 * 24 * 60]bool {
	var week [7 * 24 * 60]bool
	for day, w := range h.Days {
		length := int(w.Till - w.From)
		if length < 0 {
			length += 1440
		}
		for m := range length {
			week[(day*1440+int(w.From)+m)%len(week)] = true
		}
	}
	return &week
}

func dayNumber(d campaign.Day) uint32 {
	return uint32(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
