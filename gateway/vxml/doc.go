// Package vxml runs VoiceXML documents: it is what a person hears when they
// are called, and what becomes of the keys they press.
//
// The way of a document:
//
//	Parse        text -> tree -> Document; markup/ keeps line and column of
//	             every element, schema.go says what may stand where
//	Document     dialogs, form items, grammars; never changed by running
//	Checker      what is wrong with a document and all that it refers to, and
//	             what is worth a look; check*.go
//	Interpreter  runs a Document against a Platform, until a Result
//	Platform     the caller's ear, keys and voice, the telephone network, the
//	             web, the clock (platform.go)
//	Trace        where a run is, for those who look on (trace.go)
//
// All state of one run is one session, and one call for each execution context
// in it (interpreter.go): that of the documents, and those of subdialogs. One
// goroutine uses them, and they end with its context. They grow along the
// chapters of VoiceXML 2.0: form.go is the form interpretation algorithm of
// appendix C, active.go finds the grammars that count, collect.go listens as
// appendix D says, event.go throws and catches, execute.go and variable.go
// hold executable content, transition.go goes elsewhere, fetch.go reads and
// sends, prompt.go renders what is played; record.go, transfer.go and
// subdialog.go are the items of those names. Jumps unwind as errors: an event is an [*EventError],
// and leaving a dialog, staying in it, returning, or being done are unexported
// ones. Below are script/ (ECMAScript in nested scopes, and the DOM) and
// grammar/ (SRGS, matched key by key and word by word).
//
// # Elements
//
// Numbers are sections of VoiceXML 2.0, those after a + of 2.1. Every element
// and attribute of both is read; what the last column says is all that has no
// effect, or another one.
//
//	assign        5.3.2
//	audio         4.1.3      fetchhint
//	block         2.3.2
//	break         SSML 3.2.3 at most a minute
//	catch         5.2.2      so error, help, noinput and nomatch
//	choice        2.2.2      fetchhint
//	clear         5.3.3
//	data          +5         fetchhint; access-control is not read: what may
//	                         be fetched is for the platform to say
//	disconnect    5.3.11 +8
//	enumerate     2.2.4
//	exit          5.3.9
//	field         2.3.1
//	filled        2.4
//	foreach       +6
//	form          2.1
//	goto          5.3.7      fetchhint
//	grammar       3.1 +2     weight, xml:lang, fetchhint; see grammar/
//	if            5.3.4      so else and elseif
//	initial       2.3.3
//	link          2.5        fetchhint
//	log           5.3.13
//	mark          +3
//	menu          2.2
//	meta          6.2.1      read over, so metadata
//	object        2.3.5      there are none: error.unsupported.objectname
//	option        2.3.1.3
//	param         6.4        valuetype, type
//	prompt        4.1        xml:lang is told to the platform
//	property      6.3        see below
//	record        2.3.6      the platform chooses the type unless it is given
//	reprompt      5.3.6
//	return        5.3.10
//	script        5.3.12 +4  charset, fetchhint
//	subdialog     2.3.4      fetchhint
//	submit        5.3.8      fetchhint
//	throw         5.2.1
//	transfer      2.3.7 +9   type consultation as the platform can
//	value         4.1.4      a recording is played
//	var           5.3.1
//	vxml          1.5.1
//
// Of SSML 1.0, say-as spells out digits, characters, spell-out and telephone,
// sub is its alias, break and mark are what they say, and all other elements
// are the text that they contain.
//
// # Properties
//
// Those of recognition (section 6.3.2) are handed to the platform, of which a
// telephone line uses none; confidencelevel is obeyed where one tells how sure
// it is, maxnbest gives one result. Those of DTMF (6.3.3), prompts (6.3.4),
// fetching (6.3.5; but for the fetchhints) and inputmodes, universals and
// recordutterance have their effect; recordutterancetype has none. Not set they
// are timeout 5 s, interdigittimeout 3 s, termtimeout 0 s, termchar #,
// fetchtimeout 10 s, fetchaudiodelay 2 s, fetchaudiominimum 5 s, universals
// none, inputmodes both.
//
// # What authors find in session
//
// [Interpreter.Session] decides: session.connection of section 5.1.4, and ours,
// session.call. The package gateway, section "Session variables", lists what
// the embedded gateway and "rollcall try" set.
//
// # Versions
//
// A document is read by one set of rules, whatever its version, with these
// exceptions and additions:
//
//   - version="2.1" and "2.0": the namespace may be left out. What 2.1 added
//     works in 2.0 documents too.
//   - version="1.0", as in the samples of Voicent: <dtmf> is a grammar of keys,
//     and text in <grammar> and <dtmf> may be "a | b | c", a list in brackets,
//     or JSGF; base and lang are attributes of <vxml>; <emp>, <div>, <pros>,
//     <sayas>, <break size msecs>, <value class> and the attribute caching are
//     read. Its <object> and its <record> of a URL are those of 2.0.
//
// # Deviations and choices
//
//   - A document that never ends by itself fails with error.noresource, which
//     no handler catches; see [Limits].
//   - Attributes and elements that are not known are errors when the document
//     is read; those of foreign namespaces mean nothing.
//   - What is wrong with a document is found when it is read: the document that
//     goes to it meets error.badfetch, in its own scope. So does one whose
//     application root document cannot be had.
//   - A reference of a fragment alone in an inherited handler is one of the
//     active document; in a link, of the document that the link stands in.
//   - ECMAScript is that of the engine, larger than ECMA-262 third edition;
//     typed arrays, numbers of any size, Proxy and Reflect are taken away. A
//     top-level let or const of a script is not seen outside of it. Its functions
//     refuse what is very large, and a regular expression that tries for longer
//     than a second does not match.
//   - Assigning to an undeclared name is error.semantic, after the expression
//     around it has been evaluated.
//   - A key that leads all grammars to a dead end is nomatch at once.
//   - The terminating key is a key like any other where a grammar takes it;
//     as the very first key it is nomatch.
//   - A transfer, a record or a field for which no grammar is active is
//     error.semantic only for the field.
//   - application.lastresult$ has one interpretation, and is not changed by
//     what does not match.
//   - help and nomatch without a handler play nothing of their own and
//     reprompt; an error without one ends the call without a word.
//   - With bargeintype hotword a key ends the prompt unless the platform can
//     tell beforehand that it will match.
//   - Appendix C is taken by its letter: after a catch without <reprompt> no
//     prompts are selected, also where another item comes next.
//   - A field of the current form that is assigned to counts as an answer, as
//     its form item variable is what makes it filled. Recordings, transfers
//     and subdialogs are no answers.
package vxml
