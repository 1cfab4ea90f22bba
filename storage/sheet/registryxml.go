package sheet

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"rollcall/campaign"
)

// This file reads the XML form of the national registry's lists:
//
//	<list type="full"><ac val="312"><ph val="5550142"/></ac></list>
//
// In a change list numbers are added or deleted; whether an attribute of ph
// says so, or an element around it, either is understood.

// deepest is how deep elements may lie in each other; in a list it is four.
const deepest = 32

// element is an element that is open.
type registryElement struct {
	name   string
	area   string
	drop   bool
	change bool
}

// numbersXML is how far such a document was read.
type numbersXML struct {
	*NumberRows
	decoder *xml.Decoder
	open    []registryElement
	whole   bool // its root was closed
}

// xmlRows gives the numbers of an XML document.
func (r *NumberRows) xmlRows(text *bufio.Reader) func() (campaign.NumberRow, error) {
	x := &numbersXML{NumberRows: r, decoder: xml.NewDecoder(text)}
	return x.row
}

// row returns the next number.
func (x *numbersXML) row() (campaign.NumberRow, error) {
	for {
		token, err := x.decoder.Token()
		if errors.Is(err, io.EOF) && !x.whole {
			err = errors.New("it has no list in it")
		}
		if err != nil && !errors.Is(err, io.EOF) {
			line, _ := x.decoder.InputPos()
			return campaign.NumberRow{}, &campaign.FileError{Fault: campaign.FaultDamaged, Err: fmt.Errorf("line %d: %w", line, err)}
		}
		if err != nil {
			return campaign.NumberRow{}, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			row, is, err := x.start(token)
			if err != nil || is {
				return row, err
			}
		case xml.EndElement:
			x.open = x.open[:len(x.open)-1]
			x.whole = len(x.open) == 0
		}
	}
}

// start opens an element, which may be a number.
func (x *numbersXML) start(token xml.StartElement) (campaign.NumberRow, bool, error) {
	if len(x.open) == deepest {
		return campaign.NumberRow{}, false, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "not a list of numbers"}
	}
	e := registryElement{}
	if len(x.open) > 0 {
		e = x.open[len(x.open)-1]
	}
	e.name = strings.ToLower(token.Name.Local)
	if drop, is := changeOf(e.name); is {
		e.drop, e.change = drop, true
	}
	value := x.attributes(&e, token.Attr)
	if e.name == "ac" {
		e.area = value
		if isDigits(value, 3) {
			x.areas[value] = true // also if no number in it is registered
		}
	}
	x.open = append(x.open, e)
	if e.name != "ph" {
		return campaign.NumberRow{}, false, nil
	}
	x.change = x.change || e.change
	return x.number(e, value), true, nil
}

// attributes takes what they say of an element, and returns its value.
func (x *numbersXML) attributes(e *registryElement, list []xml.Attr) (value string) {
	for _, a := range list {
		switch name := strings.ToLower(a.Name.Local); {
		case name == "val" || name == "value":
			value = strings.TrimSpace(a.Value)
		case strings.Contains(name, "date") && e.name != "ph":
			x.noteDate(a.Value)
		case e.name == "list" && name == "type":
			x.change = x.change || strings.EqualFold(a.Value, "change")
		default:
			if drop, is := changeOf(a.Value); is {
				e.drop, e.change = drop, true
			}
		}
	}
	return value
}

func (x *numbersXML) number(e registryElement, value string) campaign.NumberRow {
	line, _ := x.decoder.InputPos()
	row := campaign.NumberRow{Line: line, Delete: e.drop}
	if !isDigits(value, 7) {
		e.area = "" // the whole number, or none
	}
	n, ok := wholeNumber(e.area + value)
	if row.Range = (campaign.NumberRange{First: n, Last: n}); !ok {
		row.Problem = &campaign.CellProblem{Row: line, Kind: campaign.ProblemInvalid, Value: e.area + value}
	}
	return row
}
