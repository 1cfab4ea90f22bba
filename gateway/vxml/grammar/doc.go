// Package grammar recognizes what a caller keys or says. It is a grammar
// processor of the Speech Recognition Grammar Specification (SRGS) 1.0: for
// keys on real lines, for words where somebody types what they would say.
//
// The way of a grammar:
//
//	Parse, FromMarkup  text -> rules; srgs.go reads the XML form, abnf.go the
//	                   ABNF form, loose.go what VoiceXML 1.0 was written with
//	Builtin, Choice    rules that are there already (builtin.go, builtin/)
//	link               references -> rules, other documents are loaded
//	compile            rules -> one graph of keys and words (graph.go)
//	State              where in the graph an input is, token by token (match.go)
//	Match              the parse tree, and what its tags mean (meaning.go)
//
// Matching is incremental: a [State] tells whether the input is a match, may
// go on, or is at a dead end, which is what the timers of VoiceXML 2.0,
// appendix D, ask; and what may come next (offers.go). Rules may refer to
// themselves. Time and memory are bounded, whatever the grammar.
//
// # Deviations and choices
//
//   - Weights and probabilities are checked and otherwise without effect: of
//     several matches the first one in document order wins. A repetition takes
//     as much as it can, $GARBAGE as little, also nothing.
//   - Languages, lexicons, meta data and examples are read and say nothing
//     here; a language attached to a rule reference, which SRGS gave up, too.
//   - Words match without regard to case and punctuation. In a grammar of keys
//     a digit may be said as a word. A key matches keys only.
//   - An element of a foreign namespace says nothing, nor does what is in it.
//   - A grammar that declares no root starts with its first rule; a reference
//     to such a one from outside needs the name of a rule.
//   - A reference to a grammar of another mode is an error, except in text in
//     the manner of VoiceXML 1.0.
//   - The names of rules in the XML form may have dots, colons and hyphens. In
//     a grammar of keys a star needs no quotes in the ABNF form.
//   - ABNF documents are in UTF-8 or ISO-8859-1.
//   - Bounds: 50 documents, 20000 nodes, repetitions up to 1000, 100 calls of
//     rules within each other (so deep goes left recursion), and for each token
//     3000 places more than twice the nodes. What lies beyond is not matched.
//   - In the logical parse $NULL and what $GARBAGE took are left out.
//   - Nothing keyed or said never matches, whatever the grammar.
//
// Of Semantic Interpretation for Speech Recognition (SISR) 1.0:
//
//   - A rule in which no tag ran stands for the last rule within it in which
//     one did; without any, for its text.
//   - rules.name is known by the name of the rule that was matched, also if the
//     reference does not name it; rules called latest and current are not.
//   - The score is 1. What the header declares can be changed by rules. There
//     is no serialization to XML.
//   - With another tag-format than semantics/1.0, or none, tags are read as
//     they were written before there was one: plain text and literals are the
//     meaning, so is an expression that assigns nothing; $ is out, $$ what the
//     last rule gave, $name what that one gave.
//
// Grammars are immutable and may be shared; states are values.
package grammar
