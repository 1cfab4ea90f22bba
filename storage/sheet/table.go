package sheet

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// rows reads a table: those rows of a source that were asked for and are not
// empty.
type rows struct {
	in      *input
	source  source
	closing []io.Closer
	width   int // of the header
	ahead   []campaign.TableRow
	end     error // what follows ahead; nil: more from source
	last    int   // number of the last row given
	count   int
	hidden  int // of the rows given
	read    int // number of the last row the source gave
	whole   bool
}

// begin reads the first rows, finds the heading, and gives t its rows.
func begin(in *input, t *campaign.Table, src source, closing []io.Closer) error {
	r := &rows{in: in, source: src, closing: closing}
	for len(r.ahead) < headerWithin+campaign.SampleRows && r.end == nil {
		row, err := r.raw()
		if err != nil {
			r.end = err
			break
		}
		if row.Number < in.how.Header {
			continue // a title, however long
		}
		row.Cells, row.Problems = slices.Clone(row.Cells), slices.Clone(row.Problems)
		r.ahead = append(r.ahead, row)
	}
	if r.end != nil && !errors.Is(r.end, io.EOF) && len(r.ahead) == 0 {
		return r.end
	}
	r.head(t)
	t.Rows = r
	return nil
}

// head takes the heading off the rows ahead.
func (r *rows) head(t *campaign.Table) {
	at := -1
	switch r.in.how.Header {
	case 0:
		at = headerAt(r.ahead)
	case campaign.NoHeader:
	default:
		at = slices.IndexFunc(r.ahead, func(row campaign.TableRow) bool { return row.Number == r.in.how.Header })
	}
	if at >= 0 {
		t.Header, t.HeaderRow = r.ahead[at].Cells, r.ahead[at].Number
		r.ahead = r.ahead[at+1:]
		width := len(trim(t.Header, 0))
		for _, row := range r.ahead {
			width = max(width, min(len(trim(row.Cells, 0)), len(t.Header)))
		}
		t.Header = t.Header[:width:width]
		r.width = width
	}
	for i := range r.ahead {
		r.ahead[i].Cells = r.fit(r.ahead[i].Cells)
	}
	t.Sample = r.ahead[:min(len(r.ahead), campaign.SampleRows)]
}

// fit gives a row the width of the header: empty cells beyond it are cut off,
// missing ones added where the file does not store them.
func (r *rows) fit(cells []campaign.Cell) []campaign.Cell {
	cells = trim(cells, r.width)
	for r.source.padded() && len(cells) < r.width {
		cells = append(cells, campaign.Cell{})
	}
	return cells
}

// Next returns the next row.
func (r *rows) Next() (campaign.TableRow, error) {
	row, err := r.following()
	if err != nil {
		r.end = err
		return campaign.TableRow{}, r.ended(err)
	}
	r.last = row.Number
	r.count++
	if row.Hidden {
		r.hidden++
	}
	return row, nil
}

func (r *rows) following() (campaign.TableRow, error) {
	if len(r.ahead) > 0 {
		row := r.ahead[0]
		r.ahead = r.ahead[1:]
		return row, nil
	}
	if r.end != nil {
		return campaign.TableRow{}, r.end
	}
	row, err := r.raw()
	if err == nil {
		row.Cells = r.fit(row.Cells)
	}
	return row, err
}

// raw returns the next row that was asked for and has content.
func (r *rows) raw() (campaign.TableRow, error) {
	for {
		if until := r.in.how.Until; until > 0 && r.read >= until {
			return campaign.TableRow{}, io.EOF // what follows may be damage
		}
		row, err := r.source.next()
		if err != nil {
			return row, err
		}
		r.read = row.Number
		if until := r.in.how.Until; until > 0 && row.Number > until {
			return row, io.EOF
		}
		if filled(row.Cells) == 0 || row.Hidden && r.in.how.Visible && row.Number != r.in.how.Header {
			continue
		}
		return row, nil
	}
}

// ended completes what a source ended with by where that was.
func (r *rows) ended(err error) error {
	if r.in.changed() {
		err = &campaign.FileError{Fault: campaign.FaultChanged}
	}
	if errors.Is(err, io.EOF) {
		r.whole = true
		return io.EOF
	}
	err = fault(r.in.ctx, r.in.path, err)
	var e *campaign.FileError
	if errors.As(err, &e) && e.Fault == campaign.FaultDamaged {
		e.Row, e.Rows = r.last, r.count
	}
	return err
}

// Problems returns those of the whole file.
func (r *rows) Problems() []campaign.CellProblem {
	if !r.whole {
		return nil
	}
	list := r.source.problems()
	if r.hidden > 0 {
		list = append(list, campaign.CellProblem{Kind: campaign.ProblemHiddenRows, Value: strconv.Itoa(r.hidden)})
	}
	return list
}

// Done tells how much was read.
func (r *rows) Done() float64 { return r.source.done() }

// Close ends the reading.
func (r *rows) Close() error {
	all := r.closing
	r.closing = nil
	return closeAll(all)
}

// trim cuts empty cells off the end, down to a width.
func trim(cells []campaign.Cell, width int) []campaign.Cell {
	for len(cells) > width && empty(cells[len(cells)-1]) {
		cells = cells[:len(cells)-1]
	}
	return cells
}

func empty(c campaign.Cell) bool {
	return strings.TrimSpace(c.Text) == "" && strings.TrimSpace(c.Raw) == ""
}

func filled(cells []campaign.Cell) int {
	n := 0
	for _, c := range cells {
		if !empty(c) {
			n++
		}
	}
	return n
}
