// Package grammar recognizes what a caller keys or says: it is a grammar
// processor of SRGS 1.0 for keys, and for words that somebody typed.
package grammar
