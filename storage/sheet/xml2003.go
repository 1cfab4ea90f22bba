package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
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
	if t.Book.Sheets, err = worksheets(text); err != nil {
		return nil, err
	}
	if len(t.Book.Sheets) == 0 {
		return nil, damage("there is no sheet in it")
	}
	if t.Sheet = in.how.Sheet; t.Sheet == "" {
		t.Sheet = shown(t.Book.Sheets)
	}
	if _, err := sheetAt(t.Book.Sheets, t.Sheet); err != nil {
		return nil, err
	}
	in.how.Encoding, t.Book.Encoding = text.encoding, text.encoding
	if text, err = in.letters(nil); err != nil {
		return nil, err
	}
	d := xml.NewDecoder(&tagReader{r: text})
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // decoded already
	rows := &xmlRows{xml: d, read: text.measure}
	return rows, rows.find(t.Sheet)
}

// xmlEncoding is what the first line declares; XML without it is in UTF-8.
func xmlEncoding(head []byte) string {
	if m := declaration.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return string(utf8Name)
}

// shown is the first sheet that is not hidden.
func shown(sheets []campaign.SheetInfo) string {
	for _, s := range sheets {
		if !s.Hidden {
			return s.Name
		}
	}
	return sheets[0].Name
}

// tagReader ends where XML goes on and on without a tag: a text of a gigabyte
// would be held in memory several times.
type tagReader struct {
	r    io.Reader
	long int // bytes since the last tag began
}

func (m *tagReader) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.long += n
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		m.long = n - i
	}
	if m.long > maxRecord {
		return 0, &campaign.FileError{Fault: campaign.FaultTooLarge}
	}
	return n, err
}

// worksheets finds the sheets of a workbook by its tags alone: to read it
// strictly takes several times as long, and is done once, for the sheet that
// is read.
func worksheets(text io.Reader) ([]campaign.SheetInfo, error) {
	var sheets []campaign.SheetInfo
	t := tags{in: text, buf: make([]byte, window)}
	for {
		tag, err := t.next()
		if errors.Is(err, io.EOF) {
			return sheets, nil
		}
		if err != nil {
			return nil, err
		}
		switch last := len(sheets) - 1; {
		case bytes.HasPrefix(tag, []byte("!DOCTYPE")), bytes.HasPrefix(tag, []byte("!ENTITY")):
			return nil, &campaign.FileError{Fault: campaign.FaultFormat, Kind: "an XML file with definitions of its own"}
		case local(tag) == "Worksheet" && len(sheets) < maxTables:
			sheets = append(sheets, campaign.SheetInfo{Name: attributeIn(tag, "Name")})
		case last < 0:
		case local(tag) == "Table":
			sheets[last].Rows, _ = strconv.Atoi(attributeIn(tag, "ExpandedRowCount"))
			sheets[last].Columns, _ = strconv.Atoi(attributeIn(tag, "ExpandedColumnCount"))
		case local(tag) == "Visible":
			sheets[last].Hidden = strings.HasPrefix(t.text(), "SheetHidden") || strings.HasPrefix(t.text(), "SheetVeryHidden")
		}
	}
}

// tags reads the tags of a document.
type tags struct {
	in       io.Reader
	buf      []byte
	from, to int
	ended    bool
}

// next returns what stands between the next < and its >. Comments and CDATA
// count as tags up to their first >, in which nothing is looked for.
func (t *tags) next() ([]byte, error) {
	for {
		begin := bytes.IndexByte(t.buf[t.from:t.to], '<')
		if begin < 0 {
			t.from = t.to
		} else {
			t.from += begin
			if end := bytes.IndexByte(t.buf[t.from:t.to], '>'); end >= 0 {
				tag := t.buf[t.from+1 : t.from+end]
				t.from += end + 1
				return tag, nil
			}
		}
		if err := t.fill(); err != nil {
			return nil, err
		}
	}
}

// text is what follows the tag that was returned, as far as it was read.
func (t *tags) text() string {
	if t.to-t.from < 64 && !t.ended {
		if t.fill() != nil {
			return ""
		}
	}
	return strings.TrimSpace(string(t.buf[t.from:min(t.to, t.from+64)]))
}

func (t *tags) fill() error {
	if t.ended {
		return io.EOF
	}
	t.to = copy(t.buf, t.buf[t.from:t.to])
	t.from = 0
	if t.to == len(t.buf) {
		if len(t.buf) >= maxRecord {
			return &campaign.FileError{Fault: campaign.FaultTooLarge}
		}
		t.buf = append(t.buf, make([]byte, len(t.buf))...)
	}
	n, err := io.ReadFull(t.in, t.buf[t.to:])
	t.to += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		t.ended = true
		return nil
	}
	return err
}

// local is the name of a tag without its prefix.
func local(tag []byte) string {
	end := bytes.IndexAny(tag, " \t\r\n/")
	switch {
	case end < 0:
		end = len(tag)
	case end == 0:
		return ""
	}
	name := tag[:end]
	return string(name[bytes.IndexByte(name, ':')+1:])
}

// attributeIn is an attribute of a tag, whatever its prefix.
func attributeIn(tag []byte, name string) string {
	d := xml.NewDecoder(bytes.NewReader(append(append([]byte("<"), bytes.TrimSuffix(tag, []byte("/"))...), "/>"...)))
	token, err := d.RawToken()
	start, is := token.(xml.StartElement)
	if err != nil || !is {
		return ""
	}
	return valueOf(start, name)
}

func valueOf(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
