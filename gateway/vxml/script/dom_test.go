package script_test

import (
	"fmt"
	"strings"
	"testing"

	"rollcall/gateway/vxml/script"
)

const quotes = `<?xml version="1.0"?>
<!-- prices -->
<?order up?>
<q:quotes xmlns:q="urn:q" xmlns="urn:d" day="1">
  <quote id="a" q:kind="x">Acme &amp; <![CDATA[<Sons>]]></quote>
  <quote xml:id="b" xmlns="urn:e"><last>27.6</last></quote><!--end-->
</q:quotes>`

func TestDOM(t *testing.T) {
	e := script.New(0)
	doc, err := e.DOM([]byte(quotes))
	if err != nil {
		t.Fatal(err)
	}
	e.Declare(script.Dialog, "d", doc)
	for expr, want := range map[string]string{
		"d.nodeName + d.nodeType + d.nodeValue + d.parentNode + d.ownerDocument":                                           "#document9nullnullnull",
		"d.documentElement.nodeName + d.documentElement.prefix + d.documentElement.localName":                              "q:quotesqquotes",
		"d.documentElement.namespaceURI":                                                                                   "urn:q",
		"d.childNodes.length + d.childNodes.item(0).data + d.childNodes[1].target + d.childNodes[1].data":                  "3 prices orderup",
		"d.childNodes.item(3) + ' ' + d.childNodes.item(-1)":                                                               "null null",
		"d.getElementsByTagName('quote').length":                                                                           "2",
		"d.getElementsByTagName('*').length":                                                                               "4",
		"d.getElementsByTagNameNS('urn:e', '*').length + d.getElementsByTagNameNS('*', 'quote').length":                    "4",
		"d.getElementsByTagName('quote')[0].firstChild.data":                                                               "Acme & <Sons>",
		"d.getElementsByTagName('quote')[0].firstChild.nodeType":                                                           "3",
		"d.getElementsByTagName('quote').item(0).getAttribute('id')":                                                       "a",
		"d.getElementsByTagName('quote').item(0).getAttribute('none')":                                                     "",
		"d.getElementsByTagName('quote').item(0).getAttributeNS('urn:q', 'kind')":                                          "x",
		"d.getElementsByTagName('quote').item(0).getAttributeNodeNS('urn:q', 'kind').ownerElement.tagName":                 "quote",
		"d.getElementsByTagName('quote').item(0).hasAttributeNS('urn:z', 'kind')":                                          "false",
		"d.getElementsByTagName('quote').item(0).hasAttribute('q:kind')":                                                   "true",
		"d.getElementById('b').namespaceURI":                                                                               "urn:e",
		"d.getElementById('c')":                                                                                            "null",
		"d.getElementById('b').textContent":                                                                                "27.6",
		"d.getElementById('b').nextSibling.nodeName + d.getElementById('b').previousSibling.nodeName":                      "#comment#text",
		"d.getElementById('b').attributes.length + d.getElementById('b').attributes.item(0).name":                          "2xml:id",
		"d.documentElement.attributes.getNamedItem('day').value + d.documentElement.attributes.getNamedItem('none')":       "1null",
		"d.documentElement.attributes.getNamedItem('day').parentNode":                                                      "null",
		"d.documentElement.attributes.getNamedItem('day').specified":                                                       "true",
		"d.documentElement.hasAttributes() + ' ' + d.documentElement.hasChildNodes() + ' ' + d.firstChild.hasChildNodes()": "true true false",
		"d.documentElement.firstChild.length + d.documentElement.firstChild.substringData(1, 9).length":                    "5",
		"d.documentElement === d.getElementById('b').parentNode && d.documentElement.ownerDocument === d":                  "true",
		"d.ELEMENT_NODE + d.TEXT_NODE + d.firstChild.COMMENT_NODE":                                                         "12",
		"d.documentElement.tagName = 'x', d.documentElement.tagName":                                                       "q:quotes",
	} {
		if got := evaluate(t, e, expr); got != want {
			t.Errorf("%s = %q, want %q", expr, got, want)
		}
	}
	if _, err := e.Eval(t.Context(), "d.hasChildNodes.call({})"); err == nil {
		t.Error("an object of another kind is taken for a node")
	}
}

func TestDOMOfWhatIsNoDocument(t *testing.T) {
	e := script.New(0)
	deep := strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300)
	var prefixes strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&prefixes, " xmlns:p%d='u'", i)
	}
	for _, src := range []string{
		"<a" + prefixes.String() + ">" + strings.Repeat("<b xmlns:q='v'/>", 20_000) + "</a>",
		"", "text", "<a>", "<a></b>", "<a/><b/>", "<a/>text", "</a>", "<a b=c/>", "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>",
		deep, "<a>" + strings.Repeat("<b/>", 200_000) + "</a>", strings.Repeat(" ", 2<<20),
	} {
		if v, err := e.DOM([]byte(src)); err == nil {
			t.Errorf("%.40q is %v", src, v)
		}
	}
}

func FuzzDOM(f *testing.F) {
	f.Add(quotes)
	f.Add("<a xmlns:b='c' b:d='e'>&#65;</a>")
	f.Fuzz(func(t *testing.T, src string) {
		e := script.New(0)
		doc, err := e.DOM([]byte(src))
		if err != nil {
			return
		}
		e.Declare(script.Dialog, "d", doc)
		const walk = `(function walk(n) { var s = n.nodeName + n.nodeValue + (n.attributes ? n.attributes.length : 0);
			for (var i = 0; i < n.childNodes.length && i < 5; i++) { s += walk(n.childNodes[i]) } return s })(d)`
		if _, err := e.Eval(t.Context(), walk); err != nil {
			t.Error(err)
		}
	})
}
