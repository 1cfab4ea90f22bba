package contacts

import "slices"

// This file is the headings of a reject report. They are part of its format:
// whatever the language in which it was written, it is read in any.

// RejectColumns are the headings that a reject report adds to the user's own:
// the row in the file, what is wrong, and the number that is proposed. They
// are never guessed to be anything.
func RejectColumns() []string { return RejectColumnsIn("en") }

// RejectColumnsIn are the headings in a language, by its two letters.
func RejectColumnsIn(language string) []string {
	switch language {
	case "de":
		return []string{"Zeile in der Datei", "Was nicht stimmt", "Vorgeschlagene Nummer"}
	case "es":
		return []string{"Fila en el archivo", "Qué está mal", "Número propuesto"}
	case "fr":
		return []string{"Ligne dans le fichier", "Ce qui ne va pas", "Numéro proposé"}
	case "pl":
		return []string{"Wiersz w pliku", "Co jest nie tak", "Proponowany numer"}
	default:
		return []string{"Row in the file", "What is wrong", "Proposed number"}
	}
}

// RejectRow tells whether a heading is that of the row in the file, in any
// language.
func RejectRow(heading string) bool { return isReject(heading, 0) }

func isReject(heading string, column int) bool {
	return slices.ContainsFunc([]string{"en", "de", "es", "fr", "pl"}, func(l string) bool {
		return RejectColumnsIn(l)[column] == heading
	})
}

// added tells whether a reject report has added a column to the user's own.
func added(heading string) bool {
	return isReject(heading, 0) || isReject(heading, 1) || isReject(heading, 2)
}
