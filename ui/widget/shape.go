package widget

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"rollcall/campaign"
)

// Shape is how a state looks: a filled path in a box of 16 units, one per
// state, told apart without colour.
type Shape string

// The shapes.
const (
	NoShape        Shape = ""
	ShapeReady     Shape = "ready"
	ShapeWaiting   Shape = "waiting"
	ShapeCalling   Shape = "calling"
	ShapeReached   Shape = "reached"
	ShapeMachine   Shape = "machine"
	ShapeUnreached Shape = "unreached"
	ShapeFailed    Shape = "failed"
	ShapeSkipped   Shape = "skipped"
	ShapeDoubt     Shape = "doubt"
)

// ShapeOf is the shape of a row's state.
func ShapeOf(s campaign.Status) Shape {
	switch s {
	case campaign.Ready:
		return ShapeReady
	case campaign.Waiting:
		return ShapeWaiting
	case campaign.Sending, campaign.Queued, campaign.Calling:
		return ShapeCalling
	case campaign.Reached:
		return ShapeReached
	case campaign.Machine:
		return ShapeMachine
	case campaign.Unreached:
		return ShapeUnreached
	case campaign.Failed:
		return ShapeFailed
	case campaign.Skipped, campaign.Cancelled:
		return ShapeSkipped
	case campaign.Doubt:
		return ShapeDoubt
	default:
		return NoShape
	}
}

// ShapeOfCampaign is the shape of a campaign's state.
func ShapeOfCampaign(s campaign.State) Shape {
	switch s {
	case campaign.Running:
		return ShapeCalling
	case campaign.Paused:
		return ShapeWaiting
	case campaign.Finished:
		return ShapeReached
	case campaign.Stopped:
		return ShapeSkipped
	default:
		return ShapeReady
	}
}

// Token is the colour of the shape, and of bars that count its state.
func (s Shape) Token() Token {
	switch s {
	case ShapeReady:
		return ready
	case ShapeWaiting:
		return wait
	case ShapeCalling:
		return call
	case ShapeReached:
		return reach
	case ShapeMachine:
		return mach
	case ShapeUnreached:
		return miss
	case ShapeFailed:
		return fail
	case ShapeSkipped:
		return skip
	case ShapeDoubt:
		return doubt
	default:
		return None
	}
}

// path draws the shape; %[1]s is its colour, %[2]s the ground its marks are
// cut out to.
func (s Shape) path() string {
	const mark = ` fill="none" stroke="%[2]s" stroke-linecap="round" stroke-linejoin="round"`
	switch s {
	case ShapeReady:
		return `<circle cx="8" cy="8" r="5.5" fill="none" stroke="%[1]s" stroke-width="2"/>`
	case ShapeWaiting:
		return `<circle cx="8" cy="8" r="6.5" fill="none" stroke="%[1]s" stroke-width="2"/>` +
			`<path d="M8 4.5 L8 8 L10.6 9.6" fill="none" stroke="%[1]s" stroke-width="1.75" stroke-linecap="round"/>`
	case ShapeCalling:
		return `<path d="M3.5 2.5 L13.5 8 L3.5 13.5 Z" fill="%[1]s" stroke="%[1]s" stroke-width="2" stroke-linejoin="round"/>`
	case ShapeReached:
		return `<circle cx="8" cy="8" r="7.5" fill="%[1]s"/><path d="M4.6 8.3 L6.9 10.7 L11.4 5.7" stroke-width="2"` + mark + `/>`
	case ShapeMachine:
		return `<rect x="1" y="2" width="14" height="12" rx="2.5" ry="2.5" fill="%[1]s"/>` +
			`<circle cx="5" cy="8" r="1.9" stroke-width="1.5"` + mark + `/><circle cx="11" cy="8" r="1.9" stroke-width="1.5"` + mark + `/>` +
			`<path d="M5 9.9 L11 9.9" stroke-width="1.5"` + mark + `/>`
	case ShapeUnreached:
		return `<path d="M2 3.5 L14 3.5 L8 13.5 Z" fill="%[1]s" stroke="%[1]s" stroke-width="2" stroke-linejoin="round"/>`
	case ShapeFailed:
		return `<path d="M3 3 L13 13 M13 3 L3 13" fill="none" stroke="%[1]s" stroke-width="3.2" stroke-linecap="round"/>`
	case ShapeSkipped:
		return `<circle cx="8" cy="8" r="6.5" fill="none" stroke="%[1]s" stroke-width="2"/>` +
			`<path d="M3.8 12.2 L12.2 3.8" fill="none" stroke="%[1]s" stroke-width="2"/>`
	case ShapeDoubt:
		return `<path d="M8 0.5 L15.5 8 L8 15.5 L0.5 8 Z" fill="%[1]s"/>` +
			`<path d="M6.2 6.4 C6.2 5.3 7 4.7 8 4.7 C9 4.7 9.8 5.4 9.8 6.3 C9.8 7.6 8 7.8 8 9.2" stroke-width="1.6"` + mark + `/>` +
			`<circle cx="8" cy="11.6" r="0.9" fill="%[2]s"/>`
	default:
		return ""
	}
}

func (s Shape) resource() fyne.Resource {
	if s == NoShape {
		return nil
	}
	own, ground := hex(ink(s.Token())), hex(ink(Surface))
	return svg(fmt.Sprintf("shape-%s-%s-%s", s, own[1:], ground[1:]), 16, fmt.Sprintf(s.path(), own, ground))
}

func svg(name string, box int, body string) fyne.Resource {
	text := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%[1]d" height="%[1]d" viewBox="0 0 %[1]d %[1]d">%[2]s</svg>`, box, body)
	return fyne.NewStaticResource(name+".svg", []byte(text))
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// setPicture shows r in p, which is hidden if there is none. It does nothing
// if p shows it already: a picture costs a texture.
func setPicture(p *canvas.Image, r fyne.Resource) {
	switch {
	case r == nil:
		p.Hide()
		return
	case p.Resource == nil || p.Resource.Name() != r.Name():
		p.Resource = r
		p.Refresh()
	}
	p.Show()
}

func newPicture(size float32) *canvas.Image {
	p := &canvas.Image{FillMode: canvas.ImageFillContain}
	p.Resize(fyne.NewSquareSize(size))
	return p
}
