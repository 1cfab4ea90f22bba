package built

import (
	"fmt"
	"regexp"
	"strings"
)

// RecordingFile is the name by which a document refers to its recording.
const RecordingFile = "recording.wav"

// writer writes a document line by line.
type writer struct {
	b     strings.Builder
	depth int
}

// put writes a line; open writes one and goes inside, and shut back out.
func (w *writer) put(format string, args ...any) {
	w.b.WriteString(strings.Repeat("  ", w.depth))
	fmt.Fprintf(&w.b, format, args...)
	w.b.WriteByte('\n')
}

func (w *writer) open(format string, args ...any) {
	w.put(format, args...)
	w.depth++
}

func (w *writer) shut(name string) {
	w.depth--
	w.put("</%s>", name)
}

// between writes a line that ends one part and begins another.
func (w *writer) between(format string, args ...any) {
	w.depth--
	w.open(format, args...)
}

// say writes a prompt, none for no words.
func (w *writer) say(text string) {
	if s := spoken(text); s != "" {
		w.put("<prompt>%s</prompt>", s)
	}
}

// Document is the message as VoiceXML 2.1, with ${Column} where a cell of the
// row is to stand. It can be read whatever the message holds; whether it is
// what people should hear is for [Message.Check] to say.
func (m Message) Document() string {
	w := &writer{}
	w.put(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.open(`<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml" xml:lang="%s">`, m.voice())
	m.start(w)
	if m.asks() {
		m.ask(w)
		for _, k := range m.used() {
			if k.Does == Connect {
				k.connect(w)
			}
		}
	}
	w.shut("vxml")
	return w.b.String()
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

func (m Message) voice() string {
	if !languageTag.MatchString(m.Language) {
		return Languages()[0]
	}
	return m.Language
}

// asks tells whether a key is waited for.
func (m Message) asks() bool { return m.HasKeys() && len(m.used()) > 0 }

// used are the keys that work: of two that are the same the first.
func (m Message) used() []Key {
	var keys []Key
	for _, name := range Keys() {
		for _, k := range m.Keys {
			if k.Key == name {
				keys = append(keys, k)
				break
			}
		}
	}
	return keys
}

// start tells machines from people.
func (m Message) start(w *writer) {
	w.open(`<form id="start">`)
	w.open("<block>")
	w.open(`<if cond="'${AnsweredBy}' == 'machine'">`)
	switch m.Machine.Does {
	case HangUp:
	case Other:
		w.say(m.Machine.Says)
	default:
		m.greet(w)
	}
	w.put("<exit/>")
	w.shut("if")
	if m.asks() {
		w.put(`<goto next="#message"/>`)
	} else {
		m.greet(w)
		w.put("<exit/>")
	}
	w.shut("block")
	w.shut("form")
}

// greet plays the recording or says the greeting.
func (m Message) greet(w *writer) {
	if m.Kind == Recorded && m.Recording.ID != "" {
		w.put(`<prompt><audio src="%s">%s</audio></prompt>`, RecordingFile, spoken(m.Greeting))
		return
	}
	w.say(m.Greeting)
}

// ask waits for a key and does what it means.
func (m Message) ask(w *writer) {
	keys := m.used()
	w.open(`<form id="message">`)
	w.put(`<var name="unanswered" expr="0"/>`)
	w.open(`<field name="answer">`)
	for _, k := range keys {
		w.put(`<option dtmf="%s" value="%s"/>`, k.Key, k.answer())
	}
	m.greet(w)
	m.otherwise(w)
	w.open("<filled>")
	for i, k := range keys {
		cond := fmt.Sprintf(`cond="answer$.utterance == '%s'"`, k.Key)
		if i == 0 {
			w.open("<if %s>", cond)
		} else {
			w.between("<elseif %s/>", cond)
		}
		k.act(w)
	}
	w.shut("if")
	w.shut("filled")
	w.shut("field")
	if m.OptsOut() {
		w.put("<!-- Never asked: a key fills it, and the number goes on the do-not-call list. -->")
		w.put(`<field name="optout" type="boolean" cond="false"/>`)
	}
	w.shut("form")
}

// otherwise is what happens without a key that means something.
func (m Message) otherwise(w *writer) {
	w.open(`<catch event="noinput nomatch">`)
	w.put(`<assign name="unanswered" expr="unanswered + 1"/>`)
	w.open(`<if cond="unanswered &gt; %d">`, min(max(m.Otherwise.Repeats, 0), MaxRepeats))
	w.say(m.Otherwise.Says)
	w.put("<exit/>")
	w.shut("if")
	w.put("<reprompt/>")
	w.shut("catch")
}

// answer is what a report tells of the key.
func (k Key) answer() string {
	if label := attribute(k.Label); label != "" {
		return label
	}
	return k.Key
}

// act does what the key means. That somebody asks not to be called again is
// noted before anything is said, so that hanging up takes nothing back.
func (k Key) act(w *writer) {
	switch k.Does {
	case Repeat:
		w.say(k.Says)
		w.put(`<clear namelist="answer"/>`)
	case Connect:
		w.say(k.Says)
		w.put(`<goto next="#%s"/>`, k.form())
	case OptOut:
		w.put(`<assign name="optout" expr="true"/>`)
		w.say(k.Says)
		w.put("<exit/>")
	default:
		w.say(k.Says)
		w.put("<exit/>")
	}
}

func (k Key) form() string { return "connect" + strings.Replace(k.Key, "*", "star", 1) }

// patience is how long the other telephone may ring.
const patience = "30s"

// connect brings the person together with somebody else.
func (k Key) connect(w *writer) {
	w.open(`<form id="%s">`, k.form())
	w.open(`<transfer name="connected" dest="tel:%s" bridge="true" connecttimeout="%s">`, attribute(string(k.Number)), patience)
	w.open("<filled>")
	if spoken(k.Busy) != "" {
		w.open(`<if cond="connected == 'busy' || connected == 'noanswer' || connected == 'network_busy'">`)
		w.say(k.Busy)
		w.shut("if")
	}
	w.put("<exit/>")
	w.shut("filled")
	w.open(`<catch event="error">`)
	w.say(k.Busy)
	w.put("<exit/>")
	w.shut("catch")
	w.shut("transfer")
	w.shut("form")
}
