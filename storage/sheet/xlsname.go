package sheet

import (
	"encoding/binary"

	"rollcall/campaign"
)

// xlsNames is what a workbook says about named ranges, until its sheets are
// known. Only those of Excel 97 and later that name one area are kept.
type xlsNames struct {
	books  []bool   // whether a book is this one (MS-XLS 2.4.271)
	refs   [][2]int // a reference: book, sheet (2.4.105)
	ranges []xlsRange
}

type xlsRange struct {
	name string
	ref  int // in refs
	area area
}

const maxNames = 10_000

// record reads one record; one that is not understood is no range.
func (n *xlsNames) record(b *biff, s *spelling) {
	if s.version < biff8 || len(n.books)+len(n.refs)+len(n.ranges) > maxNames {
		return
	}
	switch b.kind {
	case recSupBook:
		n.books = append(n.books, len(b.data) == 4 && b.u16(2) == 0x0401)
	case recExternSheet:
		for i := range min(b.u16(0), (len(b.data)-2)/6) {
			n.refs = append(n.refs, [2]int{b.u16(2 + 6*i), b.u16(4 + 6*i)})
		}
	case recName:
		n.named(b, s)
	}
}

// named reads a NAME record (MS-XLS 2.4.150), whose formula is one reference to
// an area of another sheet (2.5.198.29, PtgArea3d).
func (n *xlsNames) named(b *biff, s *spelling) {
	const hidden, builtin = 1, 0x20
	if len(b.data) < 15 || b.u16(0)&(hidden|builtin) != 0 {
		return
	}
	count, size := int(b.data[3]), b.u16(4)
	p := &pieces{b, b.data[14:]}
	flags, err := p.number(1)
	if err != nil || len(p.rest) < count*(1+flags&1)+size || size != 11 {
		return
	}
	if err := s.characters(p, count, flags&1 != 0); err != nil {
		return
	}
	code := p.rest[:size]
	if code[0]&0x1F != 0x1B { // PtgArea3d in any of its three classes
		return
	}
	at := func(i int) int { return int(binary.LittleEndian.Uint16(code[i:])) }
	n.ranges = append(n.ranges, xlsRange{
		name: string(appendUTF16(nil, s.units)), ref: at(1),
		area: area{firstRow: at(3) + 1, lastRow: at(5) + 1, firstColumn: at(7)&0xFF + 1, lastColumn: at(9)&0xFF + 1},
	})
}

// areas returns the named ranges of the workbook's own sheets.
func (w *xlsBook) areas() []campaign.Area {
	var list []campaign.Area
	for _, r := range w.names.ranges {
		if r.ref >= len(w.names.refs) {
			continue
		}
		ref := w.names.refs[r.ref]
		if ref[0] >= len(w.names.books) || !w.names.books[ref[0]] || ref[1] >= len(w.bound) {
			continue
		}
		list = append(list, campaign.Area{Name: r.name, Sheet: w.bound[ref[1]], Ref: r.area.ref()})
	}
	return list
}
