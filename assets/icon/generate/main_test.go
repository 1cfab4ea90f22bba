package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"
)

func TestCommittedIconIsTheOneDrawn(t *testing.T) {
	made, err := bitmap()
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile("../icon.png")
	if err != nil {
		t.Fatal(err)
	}
	a, b := decode(t, made), decode(t, committed)
	if a.Bounds() != b.Bounds() {
		t.Fatalf("committed %v, drawn %v; run: go generate ./assets", b.Bounds(), a.Bounds())
	}
	for y := range pixels {
		for x := range pixels {
			if !near(a.At(x, y), b.At(x, y)) {
				t.Fatalf("pixel %d,%d: committed %v, drawn %v; run: go generate ./assets", x, y, b.At(x, y), a.At(x, y))
			}
		}
	}
	svg, err := os.ReadFile("../icon.svg")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(svg, drawing()) {
		t.Error("icon.svg is not what the generator draws; run: go generate ./assets")
	}
}

func TestIconHasClearCornersAndAMark(t *testing.T) {
	made, err := bitmap()
	if err != nil {
		t.Fatal(err)
	}
	picture := decode(t, made)
	for name, c := range map[string]struct {
		x, y int
		want color.NRGBA
	}{
		"corner": {0, 0, color.NRGBA{R: 0x2A, G: 0x4A, B: 0x97}},
		"ground": {pixels / 2, 20, ground()},
		"line":   {200, 163, ink()},
	} {
		if got := color.NRGBAModel.Convert(picture.At(c.x, c.y)); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// near allows for the last bit, which differs between processors.
func near(a, b color.Color) bool {
	r1, g1, b1, a1 := a.RGBA()
	r2, g2, b2, a2 := b.RGBA()
	const bit = 0x202
	return differ(r1, r2) <= bit && differ(g1, g2) <= bit && differ(b1, b2) <= bit && differ(a1, a2) <= bit
}

func differ(a, b uint32) uint32 { return max(a, b) - min(a, b) }
