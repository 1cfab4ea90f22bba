package ui

import (
	"encoding/json"
	"slices"

	"rollcall/ui/view"
	"rollcall/ui/widget"
)

// This file is how a page is arranged, as the program keeps it.

const (
	liveKey    = "live"    // how the live page is arranged, as JSON
	densityKey = "density" // of grids
)

// keptLive is how somebody arranged the live page.
type keptLive struct {
	Columns []widget.GridColumn `json:"columns,omitempty"`
	Details float32             `json:"details,omitempty"` // width; zero: as narrow as may be
}

// kept is what the program keeps of the page. What cannot be read is as nothing.
func (p *livePage) kept() keptLive {
	var k keptLive
	if json.Unmarshal([]byte(p.w.program.Preferences().String(liveKey)), &k) != nil {
		return keptLive{}
	}
	return k
}

func (p *livePage) keep(change func(*keptLive)) {
	k := p.kept()
	change(&k)
	if text, err := json.Marshal(k); err == nil { // nothing in it cannot be written
		p.w.program.Preferences().SetString(liveKey, string(text))
	}
}

// layout is how the columns stand: those that somebody arranged as they left
// them, the others as the page has them.
func (k keptLive) layout(columns []view.LiveColumn) widget.GridLayout {
	l := widget.GridLayout{Columns: slices.Clone(k.Columns)}
	for _, c := range columns {
		known := slices.ContainsFunc(k.Columns, func(g widget.GridColumn) bool { return g.Key == c.Key })
		if !known {
			l.Columns = append(l.Columns, widget.GridColumn{Key: c.Key, Hidden: c.Hidden})
		}
	}
	return l
}

// arranged keeps how the columns stand now, and those of other lists as they
// stood.
func (p *livePage) arranged(l widget.GridLayout) {
	p.keep(func(k *keptLive) {
		for _, old := range k.Columns {
			if !slices.ContainsFunc(l.Columns, func(c widget.GridColumn) bool { return c.Key == old.Key }) && len(l.Columns) < mostColumns {
				l.Columns = append(l.Columns, old)
			}
		}
		k.Columns = l.Columns
	})
}

// mostColumns is of how many columns it is kept how they stand.
const mostColumns = 200

func (p *livePage) detailsResized(width float32) {
	p.keep(func(k *keptLive) { k.Details = width })
	p.details.again()
}

// density is how high the rows of grids are.
func (w *Window) density() widget.Density {
	return widget.Density(w.program.Preferences().String(densityKey))
}

// setDensity changes it.
func (w *Window) setDensity(d widget.Density) {
	w.program.Preferences().SetString(densityKey, string(d))
	if p, ok := w.page.(*livePage); ok {
		p.rows.grid.SetDensity(d)
	}
	w.menus.tell(w)
}
