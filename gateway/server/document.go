package server

import (
	"context"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"

	"rollcall/gateway"
	"rollcall/gateway/audio"
	"rollcall/gateway/vxml"
)

// This file turns what a request names, an address, a file, a text or a
// recording, into the document that its call runs.

// script is what a call plays: a document, and the recording it may name.
type script struct {
	document  *vxml.Document
	recording []byte
}

// start has what r plays to whoever answered.
func (p *placer) start(ctx context.Context, r gateway.Request, heard gateway.Outcome) (script, error) {
	code := r.ConfirmCode
	if heard == gateway.OutcomeMachine {
		code = "" // a machine keys none
	}
	switch {
	case r.Text != "":
		document, err := built("<prompt>"+escaped(r.Text)+"</prompt>", code)
		return script{document: document}, err
	case r.AudioFile != "":
		return p.recording(r.AudioFile, code)
	}
	address := r.StartURL
	if heard == gateway.OutcomeMachine {
		address = forMachine(address)
	}
	document, err := p.document(ctx, r.StartVXML, address)
	return script{document: document}, err
}

// document reads the VoiceXML document that a file or an address names.
func (p *placer) document(ctx context.Context, file, address string) (*vxml.Document, error) {
	if file != "" {
		body, err := p.source.file(file)
		if err != nil {
			return nil, err
		}
		return vxml.Parse(body, (&url.URL{Scheme: "file", Path: file}).String())
	}
	r, err := p.source.get(ctx, vxml.Fetch{URL: address})
	if err != nil {
		return nil, err
	}
	return vxml.Parse(r.Body, r.URL)
}

// recordingURL names the recording of "audiofile" in the document built for it.
const recordingURL = "http://audiofile.invalid/recording.wav"

func (p *placer) recording(file, code string) (script, error) {
	sound, err := p.source.file(file)
	if err != nil {
		return script{}, err
	}
	if _, err := audio.Length(sound); err != nil {
		return script{}, fmt.Errorf("%s: %w", file, err)
	}
	document, err := built(`<audio src="`+recordingURL+`"/>`, code)
	return script{document: document, recording: sound}, err
}

// built is a document that puts one thing out and, where there is a code, asks
// for it.
func built(content, code string) (*vxml.Document, error) {
	question := ""
	if code != "" {
		question = askFor(code)
	}
	return vxml.Parse([]byte(`<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml"><form><block>`+
		content+`</block>`+question+`</form></vxml>`), "http://built.invalid/")
}

// askFor is a field that only code fills, so that an answer confirm=CODE means
// that it was keyed. After three wrong codes or silences the call ends.
func askFor(code string) string {
	keys := strings.Join(strings.Split(code, ""), " ")
	return `<field name="confirm">
<grammar mode="dtmf" version="1.0" root="code"><rule id="code">` + keys + `</rule></grammar>
<prompt count="1">To confirm that you have heard this message, please key in your confirmation code.</prompt>
<prompt count="2">Please key in your confirmation code now.</prompt>
<noinput>No key was pressed. <reprompt/></noinput>
<noinput count="3">No key was pressed. Goodbye. <exit/></noinput>
<nomatch><prompt bargein="false">This is not the code.</prompt><reprompt/></nomatch>
<nomatch count="3">This is not the code. Goodbye. <exit/></nomatch>
<filled>Thank you. You have confirmed. Goodbye.</filled>
</field>`
}

func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return "" // a strings.Builder does not fail
	}
	return b.String()
}

// forMachine adds to a start address what tells a flow server that a machine
// listens.
func forMachine(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	separator := ""
	if u.RawQuery != "" {
		separator = "&"
	}
	u.RawQuery += separator + "answeredby=machine"
	return u.String()
}
