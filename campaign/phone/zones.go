package phone

import (
	_ "embed"
	"strings"
	"sync"
)

// Zones returns the IANA zones in which the number's area lies, sorted; empty
// where they are not known. A number without an area, toll-free say, has all
// the zones of its country code. The slice is shared: it must not be changed.
func (n Number) Zones() []string {
	if len(n) < shortest || n[0] != '+' {
		return nil
	}
	return zoneTable().of(string(n[1:]))
}

// zoneText is the library's map from the first digits of numbers to time
// zones, which it keeps to itself: on each line zones, then the digits. Made
// by go test -run TestZoneTable -update.
//
//go:embed zones.txt
var zoneText string

//nolint:gochecknoglobals // made once from zoneText, never changed
var zoneTable = sync.OnceValue(func() *zoneTree {
	t := &zoneTree{next: make([][10]uint16, 1), zones: make([][]string, 1)}
	for line := range strings.Lines(zoneText) {
		names, prefixes, _ := strings.Cut(line, ":")
		var zones []string
		if names != "" {
			zones = strings.Split(names, " ")
		}
		for prefix := range strings.FieldsSeq(prefixes) {
			t.add(prefix, zones[:len(zones):len(zones)])
		}
	}
	return t
})

// A zoneTree is a tree over the first digits of numbers. Node 0 is the root.
type zoneTree struct {
	next  [][10]uint16
	zones [][]string // nil: as in the node above
}

func (t *zoneTree) add(prefix string, zones []string) {
	node := uint16(0)
	for i := range len(prefix) {
		d := prefix[i] - '0'
		if t.next[node][d] == 0 {
			t.next[node][d] = uint16(len(t.next))
			t.next = append(t.next, [10]uint16{})
			t.zones = append(t.zones, nil)
		}
		node = t.next[node][d]
	}
	if zones == nil {
		zones = []string{}
	}
	t.zones[node] = zones
}

// of returns the zones of the longest prefix that is in the tree.
func (t *zoneTree) of(digits string) []string {
	var found []string
	node := uint16(0)
	for i := range len(digits) {
		d := digits[i] - '0'
		if d > 9 {
			return nil
		}
		if node = t.next[node][d]; node == 0 {
			break
		}
		if zones := t.zones[node]; zones != nil {
			found = zones
		}
	}
	return found
}
