package report

import (
	"io"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"

	"rollcall/campaign"
	"rollcall/campaign/words"
)

// This file draws the report to print. Its letters are the Go fonts, which
// have those of all languages in which it is written; the fonts that every PDF
// reader knows have no Polish ones. States have the colours that they have on
// the screen, in light, and stand in their order: it is told in grey as well.

// Measures in millimetres, of a page of A4.
const (
	pageWide  = 210.0
	edge      = 18.0
	inner     = pageWide - 2*edge
	lineHigh  = 7.0
	wordsWide = 58.0
	barsWide  = 78.0
	chartHigh = 70.0
)

// ink is a colour.
type ink struct{ r, g, b int }

func accent() ink { return ink{0x2A, 0x4A, 0x97} }
func text() ink   { return ink{0x1C, 0x22, 0x30} }
func grey() ink   { return ink{0x57, 0x5E, 0x6C} }
func rule() ink   { return ink{0xDC, 0xD9, 0xCF} }

// inkOf is the colour of a state.
func inkOf(s campaign.Status) ink {
	switch s {
	case campaign.Reached:
		return ink{0x0C, 0x70, 0x5D}
	case campaign.Machine:
		return ink{0x80, 0x5F, 0xC9}
	case campaign.Unreached:
		return ink{0xAD, 0x78, 0x0C}
	case campaign.Failed:
		return ink{0x8F, 0x1A, 0x22}
	case campaign.Doubt:
		return ink{0xC7, 0x32, 0x7F}
	default:
		return ink{0x83, 0x82, 0x7C}
	}
}

// paper is the report being drawn.
type paper struct {
	*fpdf.Fpdf
	of *printed
}

func (p *printed) draw(w io.Writer) error {
	d := &paper{fpdf.New("P", "mm", "A4", ""), p}
	d.AddUTF8FontFromBytes("go", "", goregular.TTF)
	d.AddUTF8FontFromBytes("go", "B", gobold.TTF)
	d.SetTitle(p.campaign.Name, true)
	d.SetCreator("Rollcall", true)
	d.SetCreationDate(p.now)
	d.SetMargins(edge, edge, edge)
	d.SetAutoPageBreak(false, edge)
	d.SetCellMargin(0)
	d.SetFooterFunc(d.foot)
	d.page()
	d.bars(words.Say("What came of it"), words.Many(p.tally.Total(), "%s person", "%s people"), p.outcomes())
	d.bars(words.Say("What they answered"), words.Many(p.tally[campaign.Reached], "%s reached", "%s reached"), p.said())
	d.facts()
	d.page()
	d.chart()
	d.bars(words.Say("Why people were not reached"), "", p.reasons())
	return d.Output(w)
}

func (d *paper) ink(c ink)  { d.SetTextColor(c.r, c.g, c.b) }
func (d *paper) fill(c ink) { d.SetFillColor(c.r, c.g, c.b) }

// page begins a page, with the campaign's name and, where no phone rang, that.
func (d *paper) page() {
	d.AddPage()
	d.SetFont("go", "B", 18)
	d.ink(text())
	d.CellFormat(inner, 9, d.cut(d.of.campaign.Name, inner), "", 1, "L", false, 0, "")
	d.SetFont("go", "", 10)
	d.ink(grey())
	d.CellFormat(inner, 6, words.Campaign(d.of.campaign.State), "", 1, "L", false, 0, "")
	if tag := d.of.line(d.of.campaign.Practice); tag != "" {
		d.Ln(1)
		d.SetFont("go", "B", 10)
		d.ink(text())
		d.SetFillColor(0xFB, 0xF0, 0xD9)
		d.SetDrawColor(0xAD, 0x78, 0x0C)
		d.CellFormat(d.GetStringWidth(tag)+8, 7, tag, "1", 1, "C", true, 0, "")
	}
	d.Ln(6)
}

func (d *paper) foot() {
	d.SetY(-12)
	d.SetFont("go", "", 8)
	d.ink(grey())
	d.CellFormat(inner/2, 5, "Rollcall", "", 0, "L", false, 0, "")
	d.CellFormat(inner/2, 5, words.Say("Page %s of %s", words.Number(d.PageNo()), "2"), "", 0, "R", false, 0, "")
}

// head is the title of a part.
func (d *paper) head(title, aside string) {
	d.SetFont("go", "B", 12)
	d.ink(text())
	d.CellFormat(inner/2, 8, title, "", 0, "L", false, 0, "")
	d.SetFont("go", "", 10)
	d.ink(grey())
	d.CellFormat(inner/2, 8, aside, "", 1, "R", false, 0, "")
	d.SetDrawColor(rule().r, rule().g, rule().b)
	d.Line(edge, d.GetY(), pageWide-edge, d.GetY())
	d.Ln(2)
}

// cut is a text with as much of it as has room.
func (d *paper) cut(s string, width float64) string {
	if d.GetStringWidth(s) <= width {
		return s
	}
	letters := []rune(s)
	for len(letters) > 0 && d.GetStringWidth(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// bars are lying bars, each as long as its share of the longest.
func (d *paper) bars(title, aside string, lines []barLine) {
	if len(lines) == 0 {
		return
	}
	d.head(title, aside)
	most := 1
	for _, l := range lines {
		most = max(most, l.count)
	}
	d.SetFont("go", "", 10)
	for _, l := range lines {
		y := d.GetY()
		d.ink(text())
		d.CellFormat(wordsWide, lineHigh, d.cut(l.words, wordsWide-3), "", 0, "L", false, 0, "")
		d.fill(l.ink)
		d.Rect(edge+wordsWide, y+1.5, max(0.4, barsWide*float64(l.count)/float64(most)), lineHigh-3, "F")
		d.SetXY(edge+wordsWide+barsWide, y)
		d.CellFormat(20, lineHigh, words.Number(l.count), "", 0, "R", false, 0, "")
		d.ink(grey())
		d.CellFormat(inner-wordsWide-barsWide-20, lineHigh, words.Say("%s %%", words.Decimal(float64(l.count)*100/float64(max(1, l.of)), 1)), "", 1, "R", false, 0, "")
	}
	d.Ln(6)
}

// states are those of the chart, from below.
func states() []campaign.Status {
	return []campaign.Status{campaign.Reached, campaign.Machine, campaign.Unreached, campaign.Failed}
}

// chart is when calls were made, stacked by how they went.
func (d *paper) chart() {
	title, slots := d.of.hours()
	if len(slots) == 0 {
		return
	}
	d.head(title, "")
	most := 1
	for _, s := range slots {
		most = max(most, s.calls.Total())
	}
	step := niceStep(most)
	top := step * ((most + step - 1) / step)
	const left = 14.0
	y := d.GetY() + 4
	base := y + chartHigh
	d.SetFont("go", "", 8)
	for n := 0; n <= top; n += step {
		at := base - chartHigh*float64(n)/float64(top)
		d.SetDrawColor(rule().r, rule().g, rule().b)
		d.Line(edge+left, at, pageWide-edge, at)
		d.ink(grey())
		d.SetXY(edge, at-2)
		d.CellFormat(left-2, 4, words.Number(n), "", 0, "R", false, 0, "")
	}
	wide := (inner - left) / float64(len(slots))
	every := 1 + int(14/wide) // labels need some room
	for i, s := range slots {
		d.bar(s, edge+left+float64(i)*wide, wide, base, chartHigh/float64(top))
		if i%every == 0 {
			d.ink(grey())
			d.SetXY(edge+left+float64(i)*wide, base+1)
			d.CellFormat(wide, 4, s.label, "", 0, "C", false, 0, "")
		}
	}
	d.SetXY(edge, base+7)
	d.legend()
	d.Ln(8)
}

func (d *paper) bar(s slot, x, wide, base, scale float64) {
	y := base
	for _, status := range states() {
		if high := scale * float64(s.calls[status]); high > 0 {
			d.fill(inkOf(status))
			d.Rect(x+wide*0.14, y-high, wide*0.72, high, "F")
			y -= high
		}
	}
}

func (d *paper) legend() {
	d.SetFont("go", "", 9)
	d.ink(grey())
	from := words.Say("From below:")
	d.CellFormat(d.GetStringWidth(from)+4, 5, from, "", 0, "L", false, 0, "")
	d.ink(text())
	for _, status := range states() {
		d.fill(inkOf(status))
		d.Rect(d.GetX(), d.GetY()+1, 3, 3, "F")
		d.SetX(d.GetX() + 4.5)
		word := words.Status(status)
		d.CellFormat(d.GetStringWidth(word)+7, 5, word, "", 0, "L", false, 0, "")
	}
	d.Ln(5)
}

// niceStep is a step of 1, 2 or 5, tens of them and so on, of which three reach
// a number.
func niceStep(most int) int {
	for unit := 1; ; unit *= 10 {
		for _, n := range []int{1, 2, 5} {
			if 3*n*unit >= most {
				return n * unit
			}
		}
	}
}

// facts are how it was called.
func (d *paper) facts() {
	d.head(words.Say("How it was called"), "")
	for _, f := range d.of.facts() {
		d.SetFont("go", "", 10)
		d.ink(grey())
		d.CellFormat(wordsWide, 6, f[0], "", 0, "L", false, 0, "")
		d.ink(text())
		d.CellFormat(inner-wordsWide, 6, d.cut(f[1], inner-wordsWide), "", 1, "L", false, 0, "")
	}
}
