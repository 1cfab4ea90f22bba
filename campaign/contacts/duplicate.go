package contacts

import (
	"hash/maphash"
	"slices"

	"rollcall/campaign"
	"rollcall/campaign/phone"
)

// people knows who is called already. It keeps twenty to forty bytes for each
// row that is called and each way to be the same, and a few for each duplicate
// where a person is asked: no names and no cells.
type people struct {
	options Options
	same    []Same
	summary *Summary
	seed    maphash.Seed
	// called is the row that is called, by key; blocked under the numbers of
	// people who are not to be called. With KeepAsk it may be a row that was
	// set aside with others of its group.
	called map[uint64]int32
	gone   map[int32]bool    // rows in called that are not called any more
	groups map[int32][]int32 // with KeepAsk: rows set aside, by the first of them
	// sharing are rows with the same number, where that makes no duplicates
	// and the list says who is not to be called, or who agrees.
	sharing map[uint64][]int32
	refused map[uint64]bool // numbers of people who do not agree
}

const blocked = -1

func newPeople(o Options, blocking bool, s *Summary) *people {
	p := &people{
		options: o, same: o.Same, summary: s, seed: maphash.MakeSeed(),
		called: map[uint64]int32{}, gone: map[int32]bool{}, groups: map[int32][]int32{}, refused: map[uint64]bool{},
	}
	if len(p.same) == 0 {
		p.same = []Same{SameNumber}
	}
	if blocking && !slices.Contains(p.same, SameNumber) {
		p.sharing = map[uint64][]int32{}
	}
	return p
}

// Keys are numbers of 15 digits at most, or hashes with one of these bits.
const (
	externalKey = 1 << 63
	personKey   = 1 << 62
	hashBits    = 1<<62 - 1
)

func numberKey(n phone.Number) uint64 {
	key := uint64(0)
	for i := 1; i < len(n); i++ {
		key = 10*key + uint64(n[i]-'0')
	}
	return key
}

// keys are what another row has to have one of to be the same.
func (p *people) keys(c *campaign.Contact, into []uint64) []uint64 {
	for _, same := range p.same {
		switch {
		case same == SameNumber:
			into = append(into, numberKey(c.Number))
		case same == SamePerson:
			hash := maphash.String(p.seed, string(c.Number)+" "+fold(c.Name))
			into = append(into, hash&hashBits|personKey)
		case c.External != "":
			into = append(into, maphash.String(p.seed, c.External)&hashBits|externalKey)
		}
	}
	return into
}

// judge tells of a row that could be called whether it is, in its Why, and
// what becomes of earlier rows because of it.
func (p *people) judge(c *campaign.Contact) []Amendment {
	switch c.Why.Code {
	case campaign.CodeDoNotCall:
		return p.block(c)
	case campaign.CodeNoConsent:
		return p.refuse(c)
	default:
	}
	if !c.Why.IsZero() {
		return nil
	}
	number := numberKey(c.Number)
	if p.called[number] == blocked {
		c.Why = campaign.Reason{Code: campaign.CodeDoNotCall}
		return nil
	}
	c.Consent = c.Consent && !p.refused[number]
	var room [3]uint64
	keys := p.keys(c, room[:0])
	earlier := p.earlier(keys)
	var amend []Amendment
	if len(earlier) == 0 {
		p.register(c, keys)
	} else {
		amend = p.choose(c, keys, earlier)
	}
	if p.sharing != nil && c.Why.IsZero() {
		p.sharing[number] = append(p.sharing[number], int32(c.Row))
	}
	return amend
}

func (p *people) register(c *campaign.Contact, keys []uint64) {
	for _, key := range keys {
		p.called[key] = int32(c.Row)
	}
}

// earlier are the rows that are called under one of the keys, in their order.
func (p *people) earlier(keys []uint64) []int32 {
	var rows []int32
	for _, key := range keys {
		row := p.called[key]
		if row > 0 && !p.gone[row] && !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	slices.Sort(rows)
	return rows
}

// choose tells which of several rows is called: the one that a person chose,
// else as the policy says.
func (p *people) choose(c *campaign.Contact, keys []uint64, earlier []int32) []Amendment {
	for _, row := range earlier {
		if p.options.Rows[int(row)].Call && p.groups[row] == nil {
			c.Why = p.duplicate(c, row, int(row))
			return nil
		}
	}
	switch {
	case p.options.Rows[c.Row].Call || p.options.Keep == KeepLast:
		return p.replace(c, keys, earlier)
	case p.options.Keep == KeepAsk:
		return p.ask(c, keys, earlier)
	}
	c.Why = p.duplicate(c, earlier[0], int(earlier[0]))
	if p.options.Keep != KeepMerge {
		return nil
	}
	// What the first takes over is its own from now on; numbers stay further
	// ones, so that another row may still be called at them.
	for _, key := range keys {
		if key != numberKey(c.Number) && p.called[key] == 0 {
			p.called[key] = earlier[0]
		}
	}
	fill := *c
	return []Amendment{{Row: int(earlier[0]), Status: campaign.Ready, Fill: &fill}}
}

// duplicate is why row is not called, or c, because the other is. Where they
// have the user's key in common and not the number, Problem says so.
func (p *people) duplicate(c *campaign.Contact, row int32, of int) campaign.Reason {
	why := campaign.Reason{Code: campaign.CodeDuplicate, Row: of}
	if slices.Contains(p.same, SameExternal) && p.called[numberKey(c.Number)] != row {
		why.Problem = campaign.ProblemDuplicate
	}
	return why
}

// replace calls c in place of earlier rows.
func (p *people) replace(c *campaign.Contact, keys []uint64, earlier []int32) []Amendment {
	var amend []Amendment
	for _, row := range earlier {
		members, aside := p.groups[row]
		if !aside {
			members = []int32{row}
		} else {
			p.summary.ungroup(campaign.ProblemDuplicate, len(members))
		}
		for _, member := range members {
			was := campaign.Reason{}
			if aside {
				was = undecided(row)
			}
			amend = append(amend, p.amend(member, was, p.duplicate(c, row, c.Row)))
		}
		delete(p.groups, row)
		if len(p.same) > 1 || p.sharing != nil {
			p.gone[row] = true
		}
	}
	p.register(c, keys)
	return amend
}

// ask sets c and earlier rows aside until a person has chosen one.
func (p *people) ask(c *campaign.Contact, keys []uint64, earlier []int32) []Amendment {
	var amend []Amendment
	for _, row := range earlier {
		if p.groups[row] == nil {
			p.groups[row] = []int32{row}
			amend = append(amend, p.amend(row, campaign.Reason{}, undecided(int32(c.Row))))
			p.tell(int(row))
		}
	}
	first := earlier[0]
	p.groups[first] = append(p.groups[first], int32(c.Row))
	for _, key := range keys {
		if p.called[key] == 0 {
			p.called[key] = first
		}
	}
	c.Why = undecided(first)
	p.tell(c.Row)
	return amend
}

// undecided is why a row is set aside that is the same as another.
func undecided(row int32) campaign.Reason {
	return campaign.Reason{Code: campaign.CodeQuarantine, Problem: campaign.ProblemDuplicate, Row: int(row)}
}

func (p *people) tell(row int) {
	p.summary.group(campaign.CellProblem{Row: row, Kind: campaign.ProblemDuplicate})
}

// block keeps everybody from being called at the numbers of a row.
func (p *people) block(c *campaign.Contact) []Amendment {
	var amend []Amendment
	for _, n := range append([]phone.Number{c.Number}, c.Others...) {
		if n == "" {
			continue
		}
		key := numberKey(n)
		for _, row := range p.calledAt(key) {
			amend = append(amend, p.amend(row, campaign.Reason{}, campaign.Reason{Code: campaign.CodeDoNotCall}))
			p.gone[row] = true
		}
		p.called[key] = blocked
	}
	return amend
}

// calledAt are the rows that are called at a number.
func (p *people) calledAt(key uint64) []int32 {
	rows := p.sharing[key]
	if row := p.called[key]; row > 0 {
		rows = []int32{row}
	}
	return slices.DeleteFunc(slices.Clone(rows), func(row int32) bool { return p.groups[row] != nil || p.gone[row] })
}

// refuse keeps other rows from saying that the person at a row's number
// agrees: a no counts for more than a yes.
func (p *people) refuse(c *campaign.Contact) []Amendment {
	if c.Number == "" {
		return nil
	}
	key := numberKey(c.Number)
	p.refused[key] = true
	var amend []Amendment
	for _, row := range p.calledAt(key) {
		no := *c
		amend = append(amend, Amendment{Row: int(row), Status: campaign.Ready, Fill: &no})
	}
	return amend
}

func (p *people) amend(row int32, was, why campaign.Reason) Amendment {
	p.summary.Count(was, -1)
	p.summary.Count(why, 1)
	return Amendment{Row: int(row), Status: statusOf(why), Why: why}
}
