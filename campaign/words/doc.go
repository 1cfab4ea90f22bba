// Package words says what the domain knows in words for people: states,
// outcomes, problems, and reasons as whole sentences, in the language in use.
// Pages say their own texts by the same two functions, [Say] and [Many].
//
//	say.go       a text in the language in use     locale.go   the languages
//	dates.go     numbers, times, dates, phones     locales.go  how each language writes them
//	words.go     sentences about rows and calls    english.go  the words in them
//	law.go       what presets demand               places.go   and where
//	audit.go     lines of the audit log            english_audit.go
//
// Times are told by the clock of the place that the caller's now is in.
//
// # For translators
//
// The texts of a language are assets/translations/de.json and so on: the
// English is the key, the translation its value, one a line. What stands behind
// "||" in a key tells what it is about and is not said. "go run ./.ci/words
// -missing de" prints what a language lacks, with "-take de" it takes what was
// filled in, and without a flag it tells what is wrong.
//
// %s and %d are replaced by what the program knows. All of them must be there;
// where the order is another, number them: "%[2]s: %[1]s". A text about a
// number has a form for each kind of number that the language has, all with the
// same verbs; the first is the number.
//
// Whoever reads works in an office. Short and calm, present tense, no jargon.
// German says Sie, Spanish usted, French vous; Polish speaks without a person,
// so that it is right for women and men. A button is a verb. What is cut at
// 1280×800 fails a test: buttons, chips, steps and the side bar want one or two
// words.
//
//	campaign          Kampagne          campaña               campagne              kampania
//	people            Personen          personas              personnes             osoby
//	row (of a list)   Zeile             fila                  ligne                 wiersz
//	line (telephone)  Leitung           línea                 ligne                 linia
//	gateway           Gateway           pasarela              passerelle            bramka
//	call flow         Anrufablauf       guion de llamada      scénario d’appel      scenariusz rozmowy
//	message           Nachricht         mensaje               message               wiadomość
//	do-not-call list  Sperrliste        lista de no llamar    liste d’opposition    lista zastrzeżona
//	calling hours     Anrufzeiten       horario de llamadas   heures d’appel        godziny dzwonienia
//	try               Versuch           intento               essai                 próba
//	Reached           Erreicht          Atendida              Joint                 Odebrane
//	Not reached       Nicht erreicht    No atendida           Non joint             Nieodebrane
//	Machine           Anrufbeantworter  Contestador           Répondeur             Poczta głosowa
//	Skipped           Übersprungen      Omitida               Exclu                 Pominięte
//	In doubt          Ungeklärt         En duda               Incertain             Niepewne
//	set aside         zurückgestellt    apartada              mis de côté           odłożone
//	repair            Korrektur         corrección            correction            poprawka
//	practice          Übung             práctica              exercice              ćwiczenie
//	draft             Entwurf           borrador              brouillon             szkic
//	preset of rules   Vorgabe           reglas predefinidas   règles prédéfinies    zestaw reguł
package words
