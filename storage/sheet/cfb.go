package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"
)

// container is a compound file (MS-CFB), which old and encrypted workbooks come
// in: a small file system of sectors, chained by a table. Only what stands at
// its top is found here; what was embedded is not the list. Nothing in it is
// believed: no table is larger than the file, no chain longer than the table.
type container struct {
	r       io.ReaderAt
	size    int64
	sector  int64 // bytes in one
	cutoff  uint32
	next    []uint32 // by sector, the one that follows it
	mini    []uint32 // the same of the small sectors, which small streams are in
	small   io.ReaderAt
	entries []entry
}

// entry is a stream at the top.
type entry struct {
	name  string
	start uint32
	size  int64
}

// Marks in the sector table (MS-CFB 2.1), all greater than any sector.
const (
	lastSector = 0xFFFFFFFA
	noSector   = 0xFFFFFFFF
	miniSector = 64
	entrySize  = 128
)

var (
	errNoContainer = errors.New("its table of contents cannot be read")
	errChain       = errors.New("its parts lead in a circle")
)

func openContainer(r io.ReaderAt, size int64) (*container, error) {
	head := make([]byte, 512)
	if _, err := r.ReadAt(head, 0); err != nil || string(head[:8]) != compoundMark {
		return nil, errNoContainer
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return nil, errNoContainer
	}
	c := &container{r: r, size: size, sector: 1 << shift, cutoff: binary.LittleEndian.Uint32(head[56:])}
	if err := c.readTable(head); err != nil {
		return nil, err
	}
	return c, c.readDirectory(binary.LittleEndian.Uint32(head[48:]), binary.LittleEndian.Uint32(head[60:]))
}

// readTable reads the table of sectors (MS-CFB 2.3), whose own sectors are
// listed in the header and in a chain that begins there (2.5).
func (c *container) readTable(head []byte) error {
	total := int(c.size/c.sector) + 1
	per := int(c.sector / 4)
	list := numbers(head[76:])
	more, blocks := binary.LittleEndian.Uint32(head[68:]), binary.LittleEndian.Uint32(head[72:])
	for ; more < lastSector && blocks > 0; blocks-- {
		if len(list) > total+per {
			return errChain
		}
		block, err := c.readSector(more)
		if err != nil {
			return err
		}
		all := numbers(block)
		list, more = append(list, all[:per-1]...), all[per-1]
	}
	for _, at := range list {
		if at >= lastSector || len(c.next) >= total {
			continue
		}
		block, err := c.readSector(at)
		if err != nil {
			return err
		}
		c.next = append(c.next, numbers(block)...)
	}
	return nil
}

func numbers(b []byte) []uint32 {
	list := make([]uint32, len(b)/4)
	for i := range list {
		list[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return list
}

// readSector reads a sector whole; what the file's end cuts off is zero.
func (c *container) readSector(n uint32) ([]byte, error) {
	b := make([]byte, c.sector)
	if got, err := c.r.ReadAt(b, (int64(n)+1)*c.sector); got == 0 && err != nil {
		return nil, errNoContainer
	}
	return b, nil
}

// chain lists the first n sectors of those that follow start, fewer where they
// end.
func chain(next []uint32, start uint32, n int64) []uint32 {
	var list []uint32
	for at := start; at < lastSector && int64(len(list)) < n && int64(at) < int64(len(next)); at = next[at] {
		list = append(list, at)
	}
	return list
}

// readDirectory finds the streams at the top (MS-CFB 2.6), and opens the one
// that holds the small ones.
func (c *container) readDirectory(start, miniStart uint32) error {
	sectors := chain(c.next, start, int64(len(c.next))+1)
	if len(sectors) > len(c.next) {
		return errChain
	}
	directory := c.chained(sectors, int64(len(sectors))*c.sector)
	root := make([]byte, entrySize)
	if _, err := directory.ReadAt(root, 0); err != nil {
		return errNoContainer
	}
	held := chain(c.next, binary.LittleEndian.Uint32(root[116:]), int64(len(c.next)))
	c.small = c.chained(held, int64(len(held))*c.sector)
	for _, at := range chain(c.next, miniStart, int64(len(c.next))) {
		block, err := c.readSector(at)
		if err != nil {
			return err
		}
		c.mini = append(c.mini, numbers(block)...)
	}
	return c.readEntries(directory, binary.LittleEndian.Uint32(root[76:]), len(sectors)*int(c.sector)/entrySize)
}

// maxEntries is how many parts a container may have at its top. A workbook has
// four or five.
const maxEntries = 4096

// readEntries walks a tree of entries, without going into folders.
func (c *container) readEntries(directory io.ReaderAt, top uint32, count int) error {
	todo := []uint32{top}
	for seen := 0; len(todo) > 0; seen++ {
		if seen > 2*min(count, maxEntries) {
			return errChain
		}
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at == noSector {
			continue
		}
		b := make([]byte, entrySize)
		if _, err := directory.ReadAt(b, int64(at)*entrySize); err != nil {
			return errNoContainer
		}
		todo = append(todo, binary.LittleEndian.Uint32(b[68:]), binary.LittleEndian.Uint32(b[72:]))
		if b[66] == 2 { // a stream
			c.entries = append(c.entries, c.entry(b))
		}
	}
	return nil
}

func (c *container) entry(b []byte) entry {
	e := entry{start: binary.LittleEndian.Uint32(b[116:]), size: int64(binary.LittleEndian.Uint32(b[120:]))}
	length := min(int(binary.LittleEndian.Uint16(b[64:])), 64)
	units := make([]uint16, max(length/2-1, 0))
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	e.name = string(utf16.Decode(units))
	return e
}

// open opens a stream, nil if it is not there. It may end before its size.
func (c *container) open(name string) *io.SectionReader {
	for _, e := range c.entries {
		if !strings.EqualFold(e.name, name) {
			continue
		}
		if e.size < int64(c.cutoff) {
			sectors := chain(c.mini, e.start, (e.size+miniSector-1)/miniSector)
			r := &chained{r: c.small, unit: miniSector, sectors: sectors}
			return io.NewSectionReader(r, 0, min(e.size, int64(len(sectors))*miniSector))
		}
		return c.chained(chain(c.next, e.start, (e.size+c.sector-1)/c.sector), e.size)
	}
	return nil
}

func (c *container) chained(sectors []uint32, size int64) *io.SectionReader {
	r := &chained{r: c.r, unit: c.sector, first: c.sector, sectors: sectors}
	return io.NewSectionReader(r, 0, min(size, int64(len(sectors))*c.sector))
}

// chained reads sectors that need not stand side by side.
type chained struct {
	r       io.ReaderAt
	unit    int64
	first   int64 // where sector 0 begins
	sectors []uint32
}

func (c *chained) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	for n < len(p) {
		i, within := at/c.unit, at%c.unit
		if i >= int64(len(c.sectors)) {
			return n, io.EOF
		}
		part := p[n:min(len(p), n+int(c.unit-within))]
		got, err := c.r.ReadAt(part, c.first+int64(c.sectors[i])*c.unit+within)
		n, at = n+got, at+int64(got)
		if got < len(part) {
			return n, errors.Join(err, io.ErrUnexpectedEOF)
		}
	}
	return n, nil
}

// inContainer tells whether a file begins as one does.
func inContainer(head []byte) bool { return bytes.HasPrefix(head, []byte(compoundMark)) }
