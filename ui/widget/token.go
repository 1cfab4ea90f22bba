package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Token names a colour by its role.
type Token = fyne.ThemeColorName

// The roles. Text may stand on the first four, on Selection and on the soft
// grounds, at a contrast of at least 4.5.
const (
	Background Token = "rollcallBackground" // window
	Surface    Token = "rollcallSurface"    // cards, grid, fields, bars
	Raised     Token = "rollcallRaised"     // grid header, menus
	Hover      Token = "rollcallHover"      // under the pointer, disabled, empty bar
	Border     Token = "rollcallBorder"     // hairlines
	Outline    Token = "rollcallOutline"    // edges of controls, scroll thumb
	Ink        Token = "rollcallText"       // all words
	Secondary  Token = "rollcallSecondary"  // captions, units, row numbers
	Accent     Token = "rollcallAccent"     // primary button, links, chosen step
	OnAccent   Token = "rollcallOnAccent"   // words on Accent
	Danger     Token = "rollcallDanger"     // words of Stop and Remove
	Selection  Token = "rollcallSelection"  // chosen row, tab, chip
	Focus      Token = "rollcallFocus"      // focus ring
	OkSoft     Token = "rollcallOkSoft"     // repaired cell
	WarnSoft   Token = "rollcallWarnSoft"   // practice tag, warning strip
	BadSoft    Token = "rollcallBadSoft"    // blocking problem, broken cell

	// Good is the sign beside what is in order.
	Good = reach

	None  Token = "rollcallNone"  // nothing is drawn
	Veil  Token = "rollcallVeil"  // over the window while it asks something
	ready Token = "rollcallReady" // the states' own colours belong to shapes and bars
	wait  Token = "rollcallWaiting"
	call  Token = "rollcallCalling"
	reach Token = "rollcallReached"
	mach  Token = "rollcallMachine"
	miss  Token = "rollcallUnreached"
	fail  Token = "rollcallFailed"
	skip  Token = "rollcallSkipped"
	doubt Token = "rollcallDoubt"
)

// pair is a colour in light and in dark, as 0xRRGGBB.
type pair struct{ light, dark uint32 }

func palette(t Token) (pair, bool) {
	switch t {
	case Background:
		return pair{0xF4F3EE, 0x14171D}, true
	case Surface:
		return pair{0xFFFFFF, 0x1B1F27}, true
	case Raised:
		return pair{0xFAF9F5, 0x222731}, true
	case Hover:
		return pair{0xECEAE2, 0x2A303C}, true
	case Border:
		return pair{0xDCD9CF, 0x343B48}, true
	case Outline:
		return pair{0x858377, 0x768093}, true
	case Ink:
		return pair{0x1C2230, 0xE9EBEF}, true
	case Secondary:
		return pair{0x575E6C, 0xA9B0BD}, true
	case Accent, call:
		return pair{0x2A4A97, 0x9FB6F4}, true
	case OnAccent:
		return pair{0xFFFFFF, 0x10182B}, true
	case Danger:
		return pair{0x9C1F27, 0xF28B8B}, true
	case Selection:
		return pair{0xE3E9F7, 0x27324D}, true
	case Focus:
		return pair{0x2F6BE0, 0x7FA6FF}, true
	default:
		return statePalette(t)
	}
}

func statePalette(t Token) (pair, bool) {
	switch t {
	case OkSoft:
		return pair{0xE2F1EC, 0x17322D}, true
	case WarnSoft:
		return pair{0xFBF0D9, 0x3A2F18}, true
	case BadSoft:
		return pair{0xFAE6E4, 0x402024}, true
	case ready:
		return pair{0x7D828C, 0x8F96A3}, true
	case wait:
		return pair{0x55708F, 0x7F9CC0}, true
	case reach:
		return pair{0x0C705D, 0x2FAA8C}, true
	case mach:
		return pair{0x805FC9, 0xBBA0F5}, true
	case miss:
		return pair{0xAD780C, 0xEBBB55}, true
	case fail:
		return pair{0x8F1A22, 0xD9484D}, true
	case skip:
		return pair{0x83827C, 0x7E828A}, true
	case doubt:
		return pair{0xC7327F, 0xF07FB8}, true
	default:
		return pair{}, false
	}
}

// Color returns the colour of a role in light or in dark.
func Color(t Token, v fyne.ThemeVariant) color.NRGBA {
	switch t {
	case None:
		return color.NRGBA{}
	case Veil:
		return color.NRGBA{R: 0x10, G: 0x14, B: 0x1C, A: 0x4C}
	}
	p, ok := palette(t)
	if !ok {
		return color.NRGBA{}
	}
	c := p.light
	if v == theme.VariantDark {
		c = p.dark
	}
	return color.NRGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 0xFF}
}

// ink is the colour of a role in the theme that is in force.
func ink(t Token) color.NRGBA {
	c, ok := theme.Color(t).(color.NRGBA)
	if !ok {
		return Color(t, theme.VariantLight)
	}
	return c
}

// The measures, in pixels at scale 1. Everything is a multiple of four,
// hairlines apart.
const (
	Space1 float32 = 4
	Space2 float32 = 8
	Space3 float32 = 12
	Space4 float32 = 16
	Space6 float32 = 24
	Space9 float32 = 48

	HeaderHeight   float32 = 56
	StepsHeight    float32 = 40
	FootHeight     float32 = 56
	SideWidth      float32 = 184
	DetailsWidth   float32 = 304
	AsideWidth     float32 = 336 // cards beside a form
	LegendWidth    float32 = 128 // words beside a drawing
	ChoiceWidth    float32 = 112 // of a few words to choose from
	DetailsMost    float32 = 480 // as wide as somebody may draw it
	SectionsWidth  float32 = 200 // of the list of sections in settings and help
	LabelWidth     float32 = 120 // of what a field is called
	ReadingWidth   float32 = 640 // of text to read
	HintWidth      float32 = 344 // of what is said below a field
	FormWidth      float32 = 960 // forms stop growing here
	DialogWidth    float32 = 480
	ListHeight     float32 = 280 // of a list in a question
	PreviewWidth   float32 = 368 // of a talk beside what it comes from
	PhoneWidth     float32 = 288 // of a telephone on the screen
	VoiceWidth     float32 = 152 // of a choice beside others
	RowWidth       float32 = 140 // of somebody's row
	ActionWidth    float32 = 184 // of a choice of what happens
	SearchWidth    float32 = 208
	FindWidth      float32 = 280 // a search that a page begins with
	RoleWidth      float32 = 144 // the choice of what a column is, which may be cut
	ControlHeight  float32 = 32
	SmallHeight    float32 = 28
	TagHeight      float32 = 24
	SideItemHeight float32 = 36
	FormRowHeight  float32 = 40
	ListRowHeight  float32 = 64
	GridRowHeight  float32 = 28 // comfortable; see Density
	GridHeadHeight float32 = 32
	BarHeight      float32 = 8
	TileHeight     float32 = 60
	SummaryHeight  float32 = 120
	SummaryWidth   float32 = 220 // of the count of all that is done
	TileWidth      float32 = 184 // of the count of one state
	ChartTile      float32 = 88  // a chart in a tile, its labels included
	ChartHeight    float32 = 240 // a chart in a card of its own
	BarsRowHeight  float32 = 36

	hairline    float32 = 1
	ringWidth   float32 = 2
	markHeight  float32 = 3 // under the chosen step, left of the chosen row
	minThumb    float32 = 24
	badgeHeight float32 = 18                        // of a count beside a place
	sideNarrow  float32 = SideItemHeight + 2*Space2 // a side bar of icons
	frameNarrow float32 = 1100                      // a window with less shows icons only

	gridRowCompact float32 = 24
	gridRowRoomy   float32 = 36
	checkWidth     float32 = 44 // the column of boxes
	columnLeast    float32 = 40
	columnMost     float32 = 480 // when a column is fitted to what it shows

	chartMost  float32 = 320 // charts grow in width, not in height above this
	barNarrow  float32 = 8   // a chart's bar, where so much fits
	barWide    float32 = 48
	barThick   float32 = 16 // a bar that lies
	barLeast   float32 = 2  // of what is counted at all
	menuMost   float32 = 400
	labelLeast float32 = 88 // words before a bar that lies
	labelMost  float32 = 200

	bulletSize   float32 = 6
	switchWidth  float32 = 36
	switchHeight float32 = 20

	radiusTag     float32 = 4
	radiusControl float32 = 6
	radiusCard    float32 = 8

	iconSize   float32 = 20
	iconSmall  float32 = 16
	shapeRow   float32 = 14
	shapeChip  float32 = 12
	shapeNote  float32 = 16
	toastWidth float32 = 360
	asideLeast float32 = 1100 - SideWidth - 2*Space4 // below it a panel is a page of its own
)

// Style is one use of type; the toolkit's Noto Sans, regular and bold only.
type Style int

// The type scale.
const (
	Body Style = iota // 14 on 20: words, buttons, fields
	BodyBold
	Welcome // 28 on 36
	Figure  // 24 on 32: a count
	TileFigure
	PageTitle // 20 on 28
	CardTitle // 16 on 24
	Small     // 13 on 20: grid, chips, hints
	SmallBold
	Caption // 12 on 16: captions, tags
	CaptionBold
)

// face is how a style is drawn.
type face struct {
	size, line float32
	bold       bool
}

func (s Style) face() face {
	switch s {
	case BodyBold:
		return face{14, 20, true}
	case Welcome:
		return face{28, 36, true}
	case Figure:
		return face{24, 32, false}
	case TileFigure:
		return face{20, 24, false}
	case PageTitle:
		return face{20, 28, true}
	case CardTitle:
		return face{16, 24, true}
	case Small:
		return face{13, 20, false}
	case SmallBold:
		return face{13, 20, true}
	case Caption:
		return face{12, 16, false}
	case CaptionBold:
		return face{12, 16, true}
	default:
		return face{14, 20, false}
	}
}

func (f face) text() fyne.TextStyle { return fyne.TextStyle{Bold: f.bold} }

func (f face) width(words string) float32 {
	return fyne.MeasureText(words, f.size, f.text()).Width
}
