package sheet_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf16"
)

// A stream of an old workbook is built here record by record (MS-XLS), without
// a container unless contain puts one around it.

// rec is a record of numbers of two bytes, bytes, texts and others.
func rec(kind uint16, parts ...any) []byte {
	var data []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			data = binary.LittleEndian.AppendUint16(data, uint16(p))
		case uint32:
			data = binary.LittleEndian.AppendUint32(data, p)
		case float64:
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(p))
		case byte:
			data = append(data, p)
		case string:
			data = append(data, p...)
		case []byte:
			data = append(data, p...)
		}
	}
	head := binary.LittleEndian.AppendUint16(nil, kind)
	head = binary.LittleEndian.AppendUint16(head, uint16(len(data)))
	return append(head, data...)
}

// narrow is a text of Excel 97 whose upper bytes are left out, wide one with
// them; both with a length of two bytes.
func narrow(s string) []byte {
	return append(binary.LittleEndian.AppendUint16(nil, uint16(len(s))), "\x00"+s...)
}

func wide(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := append(binary.LittleEndian.AppendUint16(nil, uint16(len(units))), 1)
	return append(b, utf16le(s)...)
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// old is what a stream is made of.
type old struct {
	version int // 0x0600 if zero
	globals [][]byte
	sheets  []oldSheet // one is enough
	cut     int        // bytes cut off the end
}

type oldSheet struct {
	name    string
	state   byte // 1 hidden, 2 very hidden
	kind    byte // 2 a chart
	records [][]byte
	endless bool // without its last record
}

// stream puts the parts together.
func (o old) stream() []byte {
	if o.version == 0 {
		o.version = 0x0600
	}
	name := func(s string) []byte {
		if o.version == 0x0600 {
			return append([]byte{byte(len(s)), 0}, s...)
		}
		return append([]byte{byte(len(s))}, s...)
	}
	size := len(rec(0x0809, o.version, 5)) + len(rec(0x000A))
	for _, r := range o.globals {
		size += len(r)
	}
	for _, s := range o.sheets {
		size += len(rec(0x0085, uint32(0), s.state, s.kind, name(s.name)))
	}
	all := rec(0x0809, o.version, 5)
	var tail []byte
	for _, r := range o.globals {
		all = append(all, r...)
	}
	for _, s := range o.sheets {
		all = append(all, rec(0x0085, uint32(size+len(tail)), s.state, s.kind, name(s.name))...)
		tail = append(tail, rec(0x0809, o.version, 0x10)...)
		tail = append(tail, bytes.Join(s.records, nil)...)
		if !s.endless {
			tail = append(tail, rec(0x000A)...)
		}
	}
	all = append(append(all, rec(0x000A)...), tail...)
	return all[:len(all)-o.cut]
}

// sheetOf is a workbook of one sheet.
func sheetOf(records ...[]byte) old {
	return old{sheets: []oldSheet{{name: "List", records: records}}}
}

func (o old) file(t testing.TB) string { return fileOf(t, "list.xls", o.stream()) }

func fileOf(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// contain puts a stream into a container of 512-byte sectors (MS-CFB): header,
// directory, sectors of the stream, table.
func contain(name string, stream []byte) []byte {
	const sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
	if pad := 4096 - len(stream); pad > 0 {
		stream = append(bytes.Clone(stream), make([]byte, pad)...)
	}
	content := (len(stream) + sector - 1) / sector
	tables := (content + 2 + sector/4 - 1) / (sector/4 - 1)
	next := []uint32{end} // the directory
	for i := range content {
		next = append(next, uint32(i+2))
	}
	next[content] = end
	for range tables {
		next = append(next, 0xFFFFFFFD)
	}
	for len(next) < tables*sector/4 {
		next = append(next, free)
	}
	head := make([]byte, sector)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for at, v := range map[int]uint16{24: 0x3E, 26: 3, 28: 0xFFFE, 30: 9, 32: 6} {
		binary.LittleEndian.PutUint16(head[at:], v)
	}
	for at, v := range map[int]uint32{44: uint32(tables), 48: 0, 56: 4096, 60: end, 68: end} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for i := range 109 {
		v := uint32(free)
		if i < tables {
			v = uint32(1 + content + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], v)
	}
	directory := append(oldEntry("Root Entry", 5, 1, end, 0), oldEntry(name, 2, free, 1, len(stream))...)
	directory = append(directory, make([]byte, sector-len(directory))...)
	all := append(head, directory...)
	all = append(all, stream...)
	all = append(all, make([]byte, content*sector-len(stream))...)
	for _, v := range next {
		all = binary.LittleEndian.AppendUint32(all, v)
	}
	return all
}

func oldEntry(name string, kind byte, child, start uint32, size int) []byte {
	e := make([]byte, 128)
	copy(e, utf16le(name))
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
	e[66] = kind
	binary.LittleEndian.PutUint32(e[68:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(e[72:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(e[76:], child)
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], uint32(size))
	return e
}
