package sheet

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// recordKind is what a record of an old workbook is (MS-XLS 2.3). The stream
// of a workbook is a row of records: kind, length, data.
type recordKind = uint16

// The records that matter for cells.
const (
	recFormula5    recordKind = 0x0006 // of Excel 5 and later
	recFormula3    recordKind = 0x0206 // of Excel 3 and 4, which some programs still write
	recFormula4    recordKind = 0x0406
	recBOF2        recordKind = 0x0009 // the first record in Excel 2, 3 and 4
	recBOF3        recordKind = 0x0209
	recBOF4        recordKind = 0x0409
	recEOF         recordKind = 0x000A
	recName        recordKind = 0x0018
	recExternSheet recordKind = 0x0017
	recDate1904    recordKind = 0x0022
	recFilePass    recordKind = 0x002F
	recContinue    recordKind = 0x003C
	recCodePage    recordKind = 0x0042
	recBoundSheet  recordKind = 0x0085
	recMulRK       recordKind = 0x00BD
	recMulBlank    recordKind = 0x00BE
	recRString     recordKind = 0x00D6
	recXF          recordKind = 0x00E0
	recSST         recordKind = 0x00FC
	recLabelSST    recordKind = 0x00FD
	recSupBook     recordKind = 0x01AE
	recDimensions  recordKind = 0x0200
	recBlank       recordKind = 0x0201
	recNumber      recordKind = 0x0203
	recLabel       recordKind = 0x0204
	recBoolErr     recordKind = 0x0205
	recString      recordKind = 0x0207
	recRow         recordKind = 0x0208
	recArray       recordKind = 0x0221
	recTable       recordKind = 0x0236
	recRK          recordKind = 0x027E
	recFormat      recordKind = 0x041E
	recShared      recordKind = 0x04BC
	recBOF         recordKind = 0x0809
)

// The versions of a stream, as its first record states them: Excel 5 and 95,
// whose texts are bytes of a code page, and Excel 97 and later.
const (
	biff5 = 0x0500
	biff8 = 0x0600
)

var (
	errCut     = errors.New("it ends too early")
	errRecord  = errors.New("a record is too short")
	errOutside = errors.New("a cell is outside a sheet")
)

// biff reads the records of a stream.
type biff struct {
	r    *bufio.Reader
	at   int64 // where the next record begins
	lock *lock // nil: not encrypted
	kind recordKind
	data []byte
	buf  []byte
}

func newBIFF(r io.Reader, at int64, l *lock) *biff {
	return &biff{r: bufio.NewReaderSize(r, 32<<10), at: at, lock: l}
}

// next reads a record; its data are valid until the next call.
func (b *biff) next() error {
	head, err := b.r.Peek(4)
	if err != nil {
		return cutShort(err)
	}
	b.kind = binary.LittleEndian.Uint16(head)
	size := int(binary.LittleEndian.Uint16(head[2:]))
	if cap(b.buf) < size {
		b.buf = make([]byte, size)
	}
	b.data = b.buf[:size]
	_, _ = b.r.Discard(4) // peeked
	if _, err := io.ReadFull(b.r, b.data); err != nil {
		return cutShort(err)
	}
	if b.lock != nil {
		b.lock.open(b.kind, b.data, b.at+4)
	}
	b.at += int64(4 + size)
	return nil
}

// cutShort names the end of a stream, and keeps other errors.
func cutShort(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errCut
	}
	return err
}

// following tells the kind of the record after this one, zero at the end.
func (b *biff) following() recordKind {
	head, err := b.r.Peek(2)
	if err != nil {
		return 0
	}
	return binary.LittleEndian.Uint16(head)
}

// u16 reads a number of the record; zero where the record is too short, which
// its reader has checked by then.
func (b *biff) u16(at int) int {
	if at+2 > len(b.data) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b.data[at:]))
}

func (b *biff) u32(at int) uint32 {
	if at+4 > len(b.data) {
		return 0
	}
	return binary.LittleEndian.Uint32(b.data[at:])
}

func (b *biff) u64(at int) uint64 {
	if at+8 > len(b.data) {
		return 0
	}
	return binary.LittleEndian.Uint64(b.data[at:])
}
