package main

import "fmt"

// person makes up the name of the i-th person; the first 400 are all different.
func person(i int) string {
	first := []string{
		"Alba", "Bram", "Cleo", "Dario", "Edda", "Fenn", "Greta", "Hugo", "Ines", "Jonas",
		"Kaja", "Leo", "Mira", "Nils", "Ottilie", "Pepe", "Quinn", "Rosa", "Sven", "Tilda",
	}
	last := []string{
		"Applewhistle", "Brindlecap", "Cobblewick", "Dandelow", "Everbrook", "Fiddlestone", "Gooseberry", "Hollowell", "Inkpenny", "Jollifer",
		"Kettlebury", "Lanternby", "Marrowby", "Nettlefold", "Oatcake", "Pennybrook", "Quillfeather", "Rumblethorpe", "Snapdragon", "Thimbleby",
	}
	n := len(first)
	return first[i%n] + " " + last[(i/n*3+i)%n]
}

// line is a number that belongs to nobody: 555-0100 to 555-0199 of an area.
// Its last two digits decide what the practice line makes of a call.
type line struct {
	area int
	last int // 0 to 99
}

// clinicLine is the number of the i-th person: three areas in each of the
// Eastern, Central and Pacific zones. 37 and 100, 9 and 100 have no common
// divisor, so the first 900 are all different, and any 100 in a row have each
// ending once.
func clinicLine(i int) line {
	areas := []int{617, 312, 206, 404, 612, 415, 215, 504, 503}
	return line{areas[i%len(areas)], i * 37 % 100}
}

// digits is the number as a person types it into a number cell.
func (l line) digits() int { return l.area*1e7 + 5550100 + l.last }

// value is the same for a cell.
func (l line) value() float64 { return float64(l.digits()) }

// written is the number in one of the ways people write it.
func (l line) written(style int) string {
	forms := []string{"(%d) 555-%04d", "%d.555.%04d", "+1 %d 555 %04d", "1-%d-555-%04d", "%d-555-%04d"}
	return fmt.Sprintf(forms[style%len(forms)], l.area, 100+l.last)
}
