package contacts

import (
	"strings"
	"unicode"
)

// The words of headings in English, German, French, Spanish and Italian,
// folded as [heading] folds them.
const (
	phoneWords = ` phone phones telephone tel mobile cell cellphone cellular landline msisdn whatsapp callerid dial
		telefon telefonnummer telefonnr fon handy handynummer mobil mobilnummer mobiltelefon rufnummer festnetz
		telephones numerodetelephone portable fixe
		telefono telefonos movil celular fijo
		cellulare telefonino numeroditelefono fisso `
	faxWords  = ` fax telefax telecopie `
	fullWords = ` fullname contactname customername clientname patientname name
		vollername kundenname ansprechpartner vorundnachname
		nomcomplet nometprenom prenometnom prenomnom nomprenom
		nombrecompleto nombreyapellidos nombreyapellido apellidosynombre
		nomecompleto nomeecognome cognomeenome nominativo `
	personWords = ` contact customer client patient person member student recipient guest tenant parent attendee donor employee volunteer
		kunde kontakt patientin mitglied schueler empfaenger
		contacte membre eleve patiente destinataire
		contacto cliente paciente persona miembro alumno destinatario
		contatto paziente membro studente `
	firstWords     = ` firstname givenname forename first vorname rufname prenom primernombre nombredepila `
	lastWords      = ` lastname surname familyname last nachname familienname zuname nomdefamille apellido apellidos cognome `
	ambiguousWords = ` name nom nombre nombres nome `
	otherNames     = ` company business organisation organization firma school clinic doctor user file account street city
		product campaign agent owner department provider empresa societe azienda ecole escuela scuola `
	zoneWords = ` timezone zone tz iana zeitzone fuseauhoraire fuseau zonahoraria husohorario fusoorario `
)

// heading is a column's heading in a form that can be compared.
type heading struct {
	joined string   // "firstname"
	words  []string // "first", "name"
}

func headingOf(text string) heading {
	var b strings.Builder
	lower := false
	for _, r := range text {
		if unicode.IsUpper(r) && lower { // PhoneNumber
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		if !unicode.IsLetter(r) {
			b.WriteByte(' ')
			continue
		}
		b.WriteString(foldLetter(unicode.ToLower(r)))
	}
	words := strings.Fields(b.String())
	return heading{joined: strings.Join(words, ""), words: words}
}

func foldLetter(r rune) string {
	switch r {
	case 'á', 'à', 'â', 'ã':
		return "a"
	case 'é', 'è', 'ê', 'ë':
		return "e"
	case 'í', 'ì', 'î', 'ï':
		return "i"
	case 'ó', 'ò', 'ô', 'õ':
		return "o"
	case 'ú', 'ù', 'û':
		return "u"
	case 'ä':
		return "ae"
	case 'ö':
		return "oe"
	case 'ü':
		return "ue"
	case 'ß':
		return "ss"
	case 'ñ':
		return "n"
	case 'ç':
		return "c"
	default:
		return string(r)
	}
}

// match tells how well a heading fits a list of words: 2 as a whole, 1 in one
// of its words, 0 not at all.
func (h heading) match(list string) int {
	if h.is(list) {
		return 2
	}
	for _, w := range h.words {
		if (heading{joined: w}).is(list) {
			return 1
		}
	}
	return 0
}

// is tells whether the heading as a whole is in a list of words.
func (h heading) is(list string) bool {
	if h.joined == "" {
		return false
	}
	for w := range strings.FieldsSeq(list) {
		if w == h.joined {
			return true
		}
	}
	return false
}
