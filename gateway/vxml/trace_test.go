package vxml_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rollcall/gateway/vxml"
)

// looking is a caller that writes down the variables when it is asked.
type looking struct {
	*caller
	place vxml.Place
	seen  []string
}

func (l *looking) Listen(ctx context.Context, in vxml.Listen) (vxml.Input, error) {
	for _, v := range l.place.Variables(ctx) {
		l.seen = append(l.seen, fmt.Sprintf("%s=%s %t", v.Name, v.Value, v.Set))
	}
	return l.caller.Listen(ctx, in)
}

func TestTraceTellsWhereARunIs(t *testing.T) {
	const src = `<vxml version="2.1">
<var name="tries" expr="1 + 1"/>
<var name="list" expr="new Array()"/>
<script>function f() { return 1; }</script>
<form id="a">
 <var name="tries" expr="'inner'"/>
 <block>
  <assign name="tries" expr="tries + '!'"/>
  <prompt>Hello</prompt>
 </block>
 <field name="pin" type="digits">
  <noinput>
   <exit/>
  </noinput>
 </field>
</form>
</vxml>`
	l := &looking{caller: &caller{inputs: []string{"silence"}}}
	var lines []int
	in := vxml.Interpreter{Platform: l, Trace: func(p vxml.Place) {
		l.place = p
		lines = append(lines, p.Line)
		if p.URL != base+"main.vxml" {
			t.Errorf("in %q", p.URL)
		}
	}}
	if _, err := in.Run(t.Context(), parse(t, src)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]int{7, 8, 9, 11, 13}, lines); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"tries=inner! true", "pin=undefined false"}, l.seen); diff != "" {
		t.Errorf("variables (-want +got):\n%s", diff)
	}
	if got := (vxml.Place{}).Variables(t.Context()); got != nil {
		t.Errorf("nowhere there are %v", got)
	}
}
