package contacts_test

import (
	"io"
	"runtime"
	"strconv"
	"testing"

	"rollcall/campaign"
	"rollcall/campaign/campaigntest"
	"rollcall/campaign/contacts"
)

// crowd gives rows of six columns of people with numbers of their own, one
// after another, and keeps none.
type crowd struct {
	campaigntest.Rows
	rows, done int
	row        []campaign.Cell
}

func (c *crowd) Next() (campaign.TableRow, error) {
	if c.done == c.rows {
		return campaign.TableRow{}, io.EOF
	}
	c.done++
	c.row = append(c.row[:0], crowdRow(c.done)...)
	return campaign.TableRow{Number: c.done + 1, Cells: c.row}, nil
}

func crowdRow(i int) []campaign.Cell {
	phone := []byte("(312) 555-0142")
	copy(phone[6:], strconv.Itoa(200+i/10_000%800))
	copy(phone[10:], strconv.Itoa(1000+i%9000))
	copy(phone[1:], []string{"312", "617", "213", "212"}[i/8_000_000%4])
	id := "K" + strconv.Itoa(i)
	return []campaign.Cell{text(id), text("Ann Example"), text(string(phone)), text("IL"), text("60601"), text("Chicago")}
}

func (c *crowd) table() *campaign.Table {
	t := &campaign.Table{Header: cells("ID|Name|Phone|State|ZIP|City"), HeaderRow: 1, Rows: c}
	for i := range campaign.SampleRows {
		t.Sample = append(t.Sample, campaign.TableRow{Number: i + 2, Cells: crowdRow(i + 1)})
	}
	return t
}

// nowhere is a sink that keeps nothing.
type nowhere struct{ last func(row int) }

func (n nowhere) Add(c campaign.Contact, _ []campaign.CellProblem) error {
	if n.last != nil {
		n.last(c.Row)
	}
	return nil
}

func (nowhere) Amend(contacts.Amendment) error { return nil }

// A list of any length is read in the memory that knowing its numbers takes.
func TestMemory(t *testing.T) {
	const rows, most = 300_000, 48 // bytes a row
	heap := func() int {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	c := &crowd{rows: rows}
	before, after := 0, 0
	summary, err := contacts.Read(c.table(), contacts.Options{}, nowhere{func(row int) {
		switch row {
		case 2:
			before = heap()
		case rows + 1:
			after = heap()
		}
	}})
	if err != nil || summary.Rows() != rows || summary.Ready < rows*9/10 {
		t.Fatalf("%+v, %v", summary, err)
	}
	each := float64(after-before) / float64(summary.Ready)
	t.Logf("%.1f bytes a row", each)
	if each > most {
		t.Errorf("%.1f bytes are kept of each row, want %d", each, most)
	}
}

// BenchmarkRead reads a row in each iteration; BenchmarkRows is what making
// the rows takes of it.
func BenchmarkRead(b *testing.B) {
	for name, o := range map[string]contacts.Options{
		"first": {}, "person": {Same: []contacts.Same{contacts.SameNumber, contacts.SamePerson, contacts.SameExternal}},
		"number only": {Map: map[contacts.Role][]string{contacts.State: {}, contacts.Postcode: {}, contacts.External: {}}},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			c := &crowd{rows: b.N}
			from := c.table()
			b.ResetTimer()
			if _, err := contacts.Read(from, o, nowhere{}); err != nil {
				b.Fatal(err)
			}
		})
	}
}

func BenchmarkRows(b *testing.B) {
	b.ReportAllocs()
	c := &crowd{rows: b.N}
	for {
		if _, err := c.Next(); err != nil {
			return
		}
	}
}

// BenchmarkReadDamaged reads cells that need a rule.
func BenchmarkReadDamaged(b *testing.B) {
	for _, s := range []string{"6.175550142E+09", "cell: 617 555 0142", "001 617 555 0142", "617 555 0142 / 617 555 0143", "nobody", "999 555 0142"} {
		b.Run(s, func(b *testing.B) {
			rows := make([]campaign.TableRow, b.N)
			for i := range rows {
				rows[i] = campaign.TableRow{Number: i + 2, Cells: []campaign.Cell{text(s)}}
			}
			from := rewound(campaign.Table{Header: cells("Phone"), HeaderRow: 1}, nil, rows...)
			b.ResetTimer()
			if _, err := contacts.Read(from, contacts.Options{Keep: contacts.KeepLast}, nowhere{}); err != nil {
				b.Fatal(err)
			}
		})
	}
}
