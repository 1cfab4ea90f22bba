// Package vxml runs VoiceXML documents: it is what a person hears when they
// are called, and what becomes of the keys they press.
//
// The way of a document:
//
//	Parse        text -> tree -> Document; markup/ keeps line and column of
//	             every element, schema.go says what may stand where
//	Document     dialogs, form items, grammars; never changed by running
//	Check        what will fail once it runs
//	Interpreter  runs a Document against a Platform, until a Result
//	Platform     the caller's ear and keys, the web, the clock (platform.go)
//
// All state of one run is one value, call (interpreter.go), used by one
// goroutine and ended by its context. It grows along the chapters of VoiceXML
// 2.0: form.go is the form interpretation algorithm of appendix C, event.go
// throws and catches, collect.go listens as appendix D says, execute.go holds
// executable content, transition.go goes elsewhere, prompt.go renders what is
// played. Jumps unwind as errors: an event is an [*EventError], and leaving a
// dialog, staying in it, or being done are unexported ones. Below are script/
// (ECMAScript in nested scopes) and grammar/ (matching key by key).
//
// # What there is
//
// VoiceXML 2.0 and 2.1, with or without the namespace: form, block, field,
// menu, choice, filled, prompts with audio, value, enumerate and SSML, var,
// assign, clear, script, if, goto, submit, exit, disconnect, throw, reprompt,
// log, property, catch and its short forms. Fields take the builtin types
// digits and boolean and grammars written in place. A document that uses
// anything else is refused with the element's line and column.
//
// # Deviations and choices
//
//   - A document that never ends by itself fails with error.noresource, which
//     no handler catches; see [Limits].
//   - Attributes and elements that are not known are errors, those of foreign
//     namespaces on known elements are not.
//   - There is no application root document yet; a document is its own
//     application (section 1.5.2), so application.x is document.x.
//   - ECMAScript is that of the engine, larger than ECMA-262 third edition;
//     typed arrays, BigInt, Proxy and Reflect are taken away. A top-level let
//     or const of a script is not seen outside of it.
//   - Assigning to an undeclared name is error.semantic, after the expression
//     around it has been evaluated.
//   - A key that leads all grammars to a dead end is nomatch at once.
//   - The terminating key is a key like any other where a grammar takes it;
//     as the very first key it is nomatch.
//   - Timers not set are timeout 5 s, interdigittimeout 3 s, termtimeout 0 s.
//   - Of universals there are none; help and cancel come from throw, choice or
//     a grammar of the document alone.
//   - help and nomatch without a handler play nothing of their own and
//     reprompt; an error without one ends the call without a word.
//   - error.badfetch carries no HTTP status. What is not supported is found
//     when a document is read, so there is no error.unsupported: a document
//     that goes to such a one meets error.badfetch.
//   - Session variables are those of Interpreter.Session; the embedded gateway
//     sets none yet.
//   - say-as digits, characters, spell-out and telephone are spelled out, break
//     is a pause, sub its alias; other SSML is read as text.
//   - The properties timeout, interdigittimeout, termtimeout, termchar, bargein
//     and fetchtimeout have an effect, others none. Nor have, yet: the
//     attributes of caching, fetchhint and fetchaudio, charset, bargeintype,
//     slot, modal, accept, the scope of dialogs, xml:base of a prompt, and
//     weights and languages of a grammar.
//   - Only GET and POST of application/x-www-form-urlencoded are submitted.
//   - A field of the current form that is assigned to counts as an answer, as
//     its form item variable is what makes it filled.
package vxml
