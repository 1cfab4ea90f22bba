// Command generate draws the icon: a list being ticked off, on a rounded
// square. It writes the drawing as icon.svg and the same shapes, measured
// pixel by pixel, as icon.png.
//
//	go run ./icon/generate -out icon
package main

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
)

const (
	box    = 22.0 // the drawing's own unit square
	corner = 5.0
	stroke = 2.0
	pixels = 512
)

type point struct{ x, y float64 }

// strokes are the lines of the list and the tick beside the last of them.
func strokes() [][]point {
	return [][]point{
		{{5, 7}, {12, 7}},
		{{5, 11}, {10, 11}},
		{{5, 15}, {9, 15}},
		{{11.5, 14}, {13.8, 16.3}, {18, 11}},
	}
}

func ground() color.NRGBA { return color.NRGBA{R: 0x2A, G: 0x4A, B: 0x97, A: 0xFF} }

func ink() color.NRGBA { return color.NRGBA{R: 0xFF, G: 0xFF, B: 0xFF, A: 0xFF} }

func main() {
	out := flag.String("out", ".", "folder to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(folder string) error {
	picture, err := bitmap()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "icon.png"), picture, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "icon.svg"), drawing(), 0o644)
}

func drawing() []byte {
	var b bytes.Buffer
	g := ground()
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g">`+"\n", box, box)
	fmt.Fprintf(&b, `  <rect width="%g" height="%g" rx="%g" fill="#%02X%02X%02X"/>`+"\n", box, box, corner, g.R, g.G, g.B)
	for _, line := range strokes() {
		fmt.Fprintf(&b, `  <path d="M%g %g`, line[0].x, line[0].y)
		for _, p := range line[1:] {
			fmt.Fprintf(&b, `L%g %g`, p.x, p.y)
		}
		fmt.Fprintf(&b, `" fill="none" stroke="#FFFFFF" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round"/>`+"\n", stroke)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

func bitmap() ([]byte, error) {
	picture := image.NewNRGBA(image.Rect(0, 0, pixels, pixels))
	unit := box / pixels
	for y := range pixels {
		for x := range pixels {
			at := point{(float64(x) + 0.5) * unit, (float64(y) + 0.5) * unit}
			picture.SetNRGBA(x, y, shade(at, unit))
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, picture)
	return b.Bytes(), err
}

// shade is the colour at a point, edges smoothed over one pixel of unit.
func shade(at point, unit float64) color.NRGBA {
	mark := 0.0
	for _, line := range strokes() {
		for i := 1; i < len(line); i++ {
			mark = max(mark, cover(toSegment(at, line[i-1], line[i])-stroke/2, unit))
		}
	}
	mixed := ground()
	mixed.R = mix(mixed.R, ink().R, mark)
	mixed.G = mix(mixed.G, ink().G, mark)
	mixed.B = mix(mixed.B, ink().B, mark)
	mixed.A = mix(0, 0xFF, cover(toSquare(at), unit))
	return mixed
}

// cover is how much of a pixel lies inside a shape whose edge is distance away
// from its middle, negative inside.
func cover(distance, unit float64) float64 {
	return min(1, max(0, 0.5-distance/unit))
}

func mix(from, to uint8, share float64) uint8 {
	return uint8(math.Round(float64(from) + (float64(to)-float64(from))*share))
}

// toSegment is the distance of p from the segment a to b.
func toSegment(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := ((p.x-a.x)*dx + (p.y-a.y)*dy) / (dx*dx + dy*dy)
	t = min(1, max(0, t))
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}

// toSquare is the distance of p from the edge of the rounded square.
func toSquare(p point) float64 {
	half := box/2 - corner
	x, y := math.Abs(p.x-box/2)-half, math.Abs(p.y-box/2)-half
	return math.Hypot(max(0, x), max(0, y)) + min(0, max(x, y)) - corner
}
