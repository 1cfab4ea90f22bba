package sheet

import (
	"cmp"
	"context"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// spreadsheetML begins to read a sheet of an XML Spreadsheet 2003 ("XML
// Spreadsheet Reference", Microsoft 2001). Its elements are told by their local
// names: some writers have another namespace or none.
func (in *input) spreadsheetML(t *campaign.Table) (source, error) {
	text, err := in.letters(xmlEncoding)
	if err != nil {
		return nil, err
	}
	o := xmlOutline{xml: decodedXML(text)}
	if err := o.read(); err != nil {
		return nil, err
	}
	t.Book.Encoding, t.Book.Sheets, t.Book.Areas = text.encoding, o.sheets, o.areas
	part, listed, err := in.xmlPart(t)
	if err != nil {
		return nil, err
	}
	t.Sheet = listed
	if _, err := sheetAt(o.sheets, t.Sheet); err != nil {
		return nil, errors.Join(o.broken, err)
	}
	in.how.Encoding = text.encoding // it is found once
	if text, err = in.letters(nil); err != nil {
		return nil, err
	}
	rows := &xmlRows{xml: decodedXML(text), read: text.measure}
	if err := rows.find(t.Sheet); err != nil || part == nil {
		return rows, err
	}
	return cut{rows, *part}, nil
}

// xmlPart returns the area that was asked for, nil for all, and its sheet.
func (in *input) xmlPart(t *campaign.Table) (*area, string, error) {
	name := in.how.Sheet
	if in.how.Area == "" {
		return nil, cmp.Or(name, shown(t.Book.Sheets)), nil
	}
	part, _, err := find(t.Book.Areas, in.how.Sheet, in.how.Area)
	if err != nil {
		return nil, "", err
	}
	return &part, cmp.Or(name, part.sheet, shown(t.Book.Sheets)), nil
}

// decodedXML takes a text apart that is in UTF-8 whatever it declares.
func decodedXML(text io.Reader) *lexer {
	l := newLexer(text, window)
	l.unicode = true
	return l
}

// xmlEncoding is what the first line declares; XML without it is in UTF-8.
func xmlEncoding(head []byte) string {
	if m := declaration.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return string(utf8Name)
}

// shown is the first sheet that is not hidden; the first, if all are.
func shown(sheets []campaign.SheetInfo) string {
	for _, s := range sheets {
		if !s.Hidden {
			return s.Name
		}
	}
	return sheets[0].Name
}

// xmlFault makes an error about the file of one that reading XML ended with.
func xmlFault(err error, row int) error {
	var fault *campaign.FileError
	switch {
	case errors.As(err, &fault), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errDTD):
		return &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an XML file with definitions of its own"}
	case errors.Is(err, errLongText):
		return &campaign.FileError{Fault: campaign.FaultTooLarge}
	default:
		return damage("after row %d %w", row, err)
	}
}

// xmlOutline is what sheets a workbook has, and which parts of them have
// names.
type xmlOutline struct {
	xml    *lexer
	sheets []campaign.SheetInfo
	areas  []campaign.Area
	broken error // why there may be more
}

// read looks through the workbook. Damage is found again by who reads the rows
// before it.
func (o *xmlOutline) read() error {
	for {
		kind, err := o.xml.next()
		switch {
		case err != nil:
			err = xmlFault(err, 0)
			var fault *campaign.FileError
			if !errors.As(err, &fault) || fault.Fault != campaign.FaultDamaged || len(o.sheets) == 0 {
				return err
			}
			o.broken = err
			return nil
		case kind == tokenEOF && len(o.sheets) == 0:
			return damage("there is no sheet in it")
		case kind == tokenEOF:
			return nil
		case kind == tokenStart:
			o.element(string(o.xml.local()))
		}
	}
}

func (o *xmlOutline) element(name string) {
	switch last := len(o.sheets) - 1; {
	case name == "Worksheet" && len(o.sheets) < maxTables:
		o.sheets = append(o.sheets, campaign.SheetInfo{Name: o.xml.attr("Name")})
	case name == "NamedRange" && len(o.areas) < maxTables:
		if sheet, ref, is := rectangle(o.xml.attr("RefersTo")); is && !strings.HasPrefix(o.xml.attr("Name"), "_") {
			o.areas = append(o.areas, campaign.Area{Name: o.xml.attr("Name"), Sheet: sheet, Ref: ref})
		}
	case last < 0:
	case name == "Table":
		o.sheets[last].Rows, _ = strconv.Atoi(o.xml.attr("ExpandedRowCount"))
		o.sheets[last].Columns, _ = strconv.Atoi(o.xml.attr("ExpandedColumnCount"))
	case name == "Visible": // what is wrong with it comes again as the next token
		text, _ := o.xml.content(nil)
		o.sheets[last].Hidden = strings.HasPrefix(string(text), "Sheet")
	}
}

var r1c1 = regexp.MustCompile(`^=(?:'((?:[^']|'')+)'|([^'!]+))!R(\d+)C(\d+):R(\d+)C(\d+)$`)

// rectangle reads a reference such as =Sheet1!R1C1:R20C3.
func rectangle(refersTo string) (sheet, ref string, is bool) {
	m := r1c1.FindStringSubmatch(refersTo)
	if m == nil {
		return "", "", false
	}
	var ends [4]int
	for i := range ends {
		ends[i], _ = strconv.Atoi(m[3+i]) // too large a number is larger than any limit
	}
	a := area{firstRow: ends[0], firstColumn: ends[1], lastRow: ends[2], lastColumn: ends[3]}
	if max(a.firstRow, a.lastRow) > maxRows || max(a.firstColumn, a.lastColumn) > maxColumns {
		return "", "", false
	}
	return strings.ReplaceAll(m[1], "''", "'") + m[2], a.ref(), true
}
