package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// This file makes the list.

// person is a row of it.
type person struct {
	row       int // in the file, whose heading is row 1
	numbers   []string
	zones     []string // all of them must be open
	zoneCell  string
	cells     []string // of the numbers, as somebody wrote them
	forbidden map[string]bool
	copies    int  // the row of which this is a duplicate, or 0
	shares    bool // a number of theirs is somebody else's too
}

// invent makes a list in which everything occurs.
func invent(random *rand.Rand, rows int) []*person {
	m := maker{Rand: random, next: map[string]int{}}
	for i := range rows {
		p := m.person(i)
		p.row = i + 2
		m.people = append(m.people, p)
	}
	return m.people
}

// maker invents people whose numbers nobody else has.
type maker struct {
	*rand.Rand
	next   map[string]int // numbers given out, by area and ending
	people []*person
}

func (m *maker) person(i int) *person {
	at := m.place()
	p := &person{zones: []string{at.zone}, forbidden: map[string]bool{}}
	switch draw := m.IntN(1000); {
	case i > 20 && draw < 15:
		return m.duplicate()
	case draw < 150: // further numbers
		p.numbers = []string{m.number(at, i), m.number(at, m.IntN(100))}
		if draw < 50 {
			p.numbers = append(p.numbers, m.number(at, m.IntN(100)))
		}
	case i > 20 && draw < 165:
		m.share(p, at)
	default:
		p.numbers = []string{m.number(at, i)}
	}
	for n := range p.numbers {
		if m.IntN(100) == 0 && !p.shares {
			p.forbidden[p.numbers[n]] = true
		}
		p.cells = append(p.cells, m.written(p.numbers[n]))
	}
	m.zone(p, at)
	return p
}

// place is on the mainland, and abroad now and then.
func (m *maker) place() place {
	all := mainland()
	if m.IntN(50) == 0 {
		all = abroad()
	}
	return all[m.IntN(len(all))]
}

// number is a new one there, with the last two digits of ending.
func (m *maker) number(at place, ending int) string {
	key := fmt.Sprintf("%s %02d", at.code, ending%100)
	n := m.next[key]
	m.next[key]++
	middle := 200 + n/100
	for middle%100 == 11 || middle == 555 { // services, and numbers of fiction
		middle = 700 + n/100
	}
	return fmt.Sprintf("+%s%s%03d%02d%02d", at.code, "2222"[:at.rest-7], middle, n%100, ending%100)
}

// duplicate is the same number as that of an earlier row, written anew.
func (m *maker) duplicate() *person {
	for {
		of := m.people[m.IntN(len(m.people))]
		if of.copies == 0 {
			return &person{numbers: of.numbers[:1], zones: of.zones, zoneCell: of.zoneCell, cells: []string{m.written(of.numbers[0])}, copies: of.row}
		}
	}
}

// share gives p, who does not answer, a further number that is the first of
// somebody else.
func (m *maker) share(p *person, at place) {
	for {
		other := m.people[len(m.people)-1-m.IntN(20)]
		if other.copies > 0 || other.shares || other.zoneCell != "" || len(other.forbidden) > 0 {
			continue
		}
		other.shares, p.shares = true, true
		p.numbers = []string{m.number(at, 70+m.IntN(10)), other.numbers[0]}
		return
	}
}

// zone fills in the column of zones, for some: mostly what the number says
// too, now and then another one, so that both places count.
func (m *maker) zone(p *person, at place) {
	draw := m.IntN(100)
	if p.shares || draw >= 12 {
		return
	}
	p.zoneCell = at.zone
	if other := mainland()[m.IntN(12)]; draw < 2 && other.zone != at.zone && at.code[0] == '1' {
		p.zoneCell = other.zone
		p.zones = append(p.zones, other.zone)
	}
}

// written is a number as one person or another writes it.
func (m *maker) written(number string) string {
	if number[1] != '1' {
		return number
	}
	area, middle, last := number[2:5], number[5:8], number[8:]
	forms := []string{"%s%s%s", "(%s) %s-%s", "%s-%s-%s", "+1 %s %s %s", "1.%s.%s.%s"}
	return fmt.Sprintf(forms[m.IntN(len(forms))], area, middle, last)
}

// Names of files in the folder.
const (
	listFile   = "list.csv"
	dncFile    = "do-not-call.csv"
	reportFile = "report.xlsx"
)

// write makes the list and the do-not-call file.
func (s *siege) write() error {
	list := [][]string{{"Patient", "Phone", "Mobile", "Work", "Time zone", "Appointment", "Time", "Doctor"}}
	dnc := [][]string{{"Number"}}
	for _, p := range s.people {
		cells := slices.Concat(p.cells, []string{"", ""})
		list = append(list, []string{"Person " + strconv.Itoa(p.row), cells[0], cells[1], cells[2], p.zoneCell, "Monday", "10:30", "Dr. Example"})
		for number := range p.forbidden {
			dnc = append(dnc, []string{number})
		}
	}
	if err := writeCSV(filepath.Join(s.folder, listFile), list); err != nil {
		return err
	}
	return writeCSV(filepath.Join(s.folder, dncFile), dnc)
}

func writeCSV(path string, lines [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	return csv.NewWriter(f).WriteAll(lines)
}
