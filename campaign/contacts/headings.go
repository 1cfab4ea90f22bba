package contacts

import (
	"strings"
	"unicode"

	"github.com/agnivade/levenshtein"
)

// The words of headings in English, German, French, Spanish, Italian and
// Polish, folded as [heading] folds them.
const (
	phoneWords = ` phone phones telephone tel tels ph phn fone mobile mob cell cellphone cellular landline msisdn whatsapp dial
		contactnumber contactno contactnumbers callback daytime evening numbertocall dialnumber
		telefon telefonnummer telefonnr telnr telno fon handy handynummer handynr mobil mobilnummer mobilnr mobiltelefon mobilfunk mobilfunknummer mobilfunknr diensthandy rufnummer rufnr
		festnetz festnetznummer telefonprivat telefongeschaeftlich telefonmobil natel
		telephones numerodetelephone numerotelephone notel numtel portable fixe gsm
		telefono telefonos tfno tlf tlfno movil celular fijo numerodetelefono
		cellulare cell telefonino numeroditelefono fisso recapitotelefonico
		telefonkomorkowy komorka komorkowy numertelefonu nrtelefonu nrtel telkom stacjonarny `
	faxWords  = ` fax faks telefax telecopie telecopieur faxnummer faxnr faxnumber `
	sosWords  = ` emergency ice sos notfall notfallkontakt notfallnummer notruf urgence urgences emergencia emergencias emergenza nagly alarmowy nextofkin nok `
	dateWords = ` date datum created updated modified timestamp time since birthday birthdate dob geburtstag geburtsdatum geboren erstellt
		naissance jour fecha nacimiento data nascita urodzenia ssn sin iban invoice order rechnung facture factura fattura faktura amount betrag montant
		barcode ean isbn imei serial card passport `
	// Telephones, but not of the person who is on the list.
	otherPhones = ` callerid assistant assistants agent branch store shop clinic practice school our sender filiale zweigstelle praxis agence cabinet sucursal tienda sklep
		rep salesrep advisor doctor physician provider supplier vendor landlord spouse partner reference guarantor employer neighbour neighbor
		vertreter berater arzt vermieter arbeitgeber conseiller medecin conjoint employeur medico asesor datore lekarz `
	mainWords  = ` main primary preferred best first default haupt hauptnummer bevorzugt principal principale preferido preferito glowny `
	laterWords = ` alt alternate alternative alternatives secondary second other additional backup zweit weitere zusaetzlich autre secondaire secundario
		otro alternativo altro secondario inny dodatkowy `
	mobileWords = ` mobile mob cell cellphone cellular handy handynummer mobil mobilnummer mobiltelefon mobilfunk mobilfunknummer diensthandy telefonmobil natel portable
		gsm movil celular cellulare telefonino komorka komorkowy telefonkomorkowy telkom whatsapp `
	homeWords = ` home house landline residential residence private privat telefonprivat festnetz festnetznummer domicile maison fixe casa fijo fisso
		domowy stacjonarny evening `
	workWords = ` work office business job company daytime direct dienstlich geschaeftlich telefongeschaeftlich arbeit buero firma bureau travail
		professionnel pro trabajo oficina empresa lavoro ufficio praca sluzbowy `

	fullWords = ` fullname contactname customername clientname patientname name names nameofcontact
		vollername kundenname ansprechpartner vorundnachname vornachname namevorname
		nomcomplet nometprenom prenometnom prenomnom nomprenom nomprenoms
		nombrecompleto nombreyapellidos nombreyapellido apellidosynombre apellidosynombres nombreapellidos
		nomecompleto nomeecognome nomecognome cognomeenome cognomenome nominativo
		imieinazwisko nazwiskoiimie imienazwisko nazwiskoimie `
	personWords = ` contact customer client patient person member student recipient guest tenant parent attendee donor employee volunteer subscriber resident voter respondent passenger debtor prospect applicant candidate policyholder
		kunde kontakt patientin mitglied schueler empfaenger teilnehmer mieter
		contacte membre eleve patiente destinataire adherent
		contacto cliente paciente persona miembro alumno destinatario
		contatto paziente membro studente
		klient pacjent uczen czlonek osoba odbiorca `
	firstWords     = ` firstname givenname givennames forename forenames first fname vorname vornamen rufname prenom prenoms primernombre nombredepila imie imiona `
	lastWords      = ` lastname surname familyname last lname nachname familienname zuname nomdefamille apellido apellidos primerapellido cognome nazwisko `
	ambiguousWords = ` name nom nombre nombres nome `
	otherNames     = ` company business organisation organization firma school clinic doctor user file account street city filename
		product campaign agent owner department provider empresa societe azienda ecole escuela scuola middle maiden nick nickname spouse mother father
		number nummer nr no numero numer id key code type status since date notes email mail phone tel address `

	zoneWords  = ` timezone zone tz iana tzone zeitzone fuseauhoraire fuseau zonahoraria husohorario huso fusoorario fuso strefaczasowa strefa `
	emailWords = ` email emails mail emailaddress mailaddress emailadresse mailadresse mailadr courriel couriel adresseemail adressemail adresseelectronique
		correo correoelectronico direcciondecorreo emailpersonal postaelettronica indirizzoemail indirizzomail adresemail adrespocztyelektronicznej poczta `
	postcodeWords = ` zip zipcode postcode postalcode postal pcode plz postleitzahl codepostal cp codpostal cpostal codigopostal cap codiceavviamentopostale
		kodpocztowy kod ziporpostalcode zippostalcode npa `
	cityWords = ` city town locality municipality suburb place ort stadt wohnort gemeinde ville commune localite ciudad localidad poblacion municipio
		citta comune localita paese miasto miejscowosc gmina `
	stateWords = ` state province county region st prov stateprovince stateregion stateorprovince bundesland land kanton departement dept provincia estado
		comunidadautonoma comunidad regione wojewodztwo woj powiat `
	countryWords  = ` country nation countrycode countryname iso land staat laendercode landescode pays codepays pais codigopais nazione stato paese kraj panstwo kodkraju `
	languageHeads = ` language lang locale languagecode preferredlanguage sprache korrespondenzsprache muttersprache langue idioma lengua lingua jezyk `
	consentWords  = ` consent consented optin optedin permission agreed agreement gdpr dsgvo marketingconsent consenttocall oktocall maycall cancall tcpaconsent
		einwilligung zustimmung einverstaendnis werbeeinwilligung erlaubnis anruferlaubt consentement accord rgpd autorisation accepte
		consentimiento autorizacion acepta rgpd lopd consenso privacy autorizzazione zgoda rodo zgodanakontakt `
	blockWords = ` donotcall dnc nocall dontcall optout optedout unsubscribed unsubscribe suppressed suppress blocked donotcontact dnd
		nichtanrufen sperre gesperrt sperrvermerk werbesperre anrufsperre robinsonliste robinson widerspruch
		nepasappeler neplusappeler opposition bloctel listerouge desinscrit nollamar nomolestar listarobinson baja exclusion
		nonchiamare opposizione registroopposizioni niedzwonic niekontaktowac sprzeciw `
	hoursWords = ` hours callhours callinghours contacthours calltime calltimes callingtime callingtimes contacttime contacttimes whentocall whentocontact besttime besttimetocall
		besttimetocontact bestcalltime besttimes preferredtime preferredtimes preferredcalltime preferredcontacttime callwindow timetocall availability available
		anrufzeit anrufzeiten anrufenwann wannanrufen bestezeit bestezeiten bestezeitzumanrufen erreichbar erreichbarkeit zeiten uhrzeit wunschzeit telefonzeiten
		horaire horaires horairedappel horairesdappel heuredappel heuresdappel quandappeler disponibilite disponibilites joignable plagehoraire
		horario horarios horadellamada horariodellamada cuandollamar disponibilidad mejorhora orario orari orariodichiamata orarichiamate quandochiamare
		disponibilita reperibilita godziny godzinykontaktu porakontaktu kiedydzwonic dostepnosc `
	priorityWords = ` priority prio callpriority urgency importance prioritaet dringlichkeit wichtigkeit prioritaetsstufe priorite degredurgence importance
		prioridad urgencia importancia priorita urgenza importanza priorytet pilnosc waznosc `
	keyWords = ` id uid uuid guid key ref reference externalid externalkey recordid customerid customernumber customerno custid custno clientid clientnumber clientno
		accountid accountnumber accountno account acct acctno memberid membernumber memberno membershipnumber patientid patientnumber mrn chart chartnumber
		studentid employeeid contactid leadid personid caseid userid crmid policynumber contractnumber
		kundennummer kundennr kundenid kdnr debitor debitorennummer debitorennr debitorennummern mitgliedsnummer mitgliedsnr mitgliednr personalnummer patientennummer vertragsnummer matrikelnummer aktenzeichen
		numeroclient noclient nclient idclient codeclient refclient matricule numeroadherent numerodossier dossier identifiant
		idcliente numerocliente numerodecliente ncliente codigocliente codcliente numerosocio expediente nif dni codigo
		codicecliente numerotessera idpersona matricola codice codicefiscale
		numerklienta nrklienta idklienta pesel numerpacjenta identyfikator `
	// Words that are near to others above without meaning the same.
	strangers = ` contract contrat contratto contrato county patent position region portal model `
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
		switch {
		case unicode.IsLetter(r):
			b.WriteString(foldLetter(unicode.ToLower(r)))
		case r == '#' || r == '№':
			b.WriteString(" no ")
		case !unicode.Is(unicode.Mn, r): // an accent that stands alone
			b.WriteByte(' ')
		}
	}
	words := strings.Fields(b.String())
	return heading{joined: strings.Join(words, ""), words: words}
}

// fold is a text in small letters without accents.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < 0x80
	}
	if ascii {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) { // an accent that stands alone
			b.WriteString(foldLetter(unicode.ToLower(r)))
		}
	}
	return b.String()
}

func foldLetter(r rune) string {
	switch r {
	case 'á', 'à', 'â', 'ã', 'ą', 'å':
		return "a"
	case 'é', 'è', 'ê', 'ë', 'ę', 'ě':
		return "e"
	case 'í', 'ì', 'î', 'ï':
		return "i"
	case 'ó', 'ò', 'ô', 'õ', 'ø':
		return "o"
	case 'ú', 'ù', 'û':
		return "u"
	case 'ä', 'æ':
		return "ae"
	case 'ö', 'œ':
		return "oe"
	case 'ü':
		return "ue"
	case 'ß':
		return "ss"
	case 'ñ', 'ń':
		return "n"
	case 'ç', 'ć', 'č':
		return "c"
	case 'ł':
		return "l"
	case 'ś', 'š':
		return "s"
	case 'ź', 'ż', 'ž':
		return "z"
	default:
		return string(r)
	}
}

// How well a heading fits a list of words.
const (
	noFit    = 0.0
	nearFit  = 0.6 // but for a letter or two
	partFit  = 0.7 // some of its words do
	wholeFit = 1.0
)

// match tells how well a heading fits a list of words.
func (h heading) match(list string) float64 {
	if h.is(list) {
		return wholeFit
	}
	for size := min(len(h.words), 3); size > 0; size-- {
		for i := 0; i+size <= len(h.words); i++ {
			if within(list, strings.Join(h.words[i:i+size], "")) {
				return partFit
			}
		}
	}
	if len(h.words) <= 3 && h.near(list) {
		return nearFit
	}
	return noFit
}

// is tells whether the heading as a whole is in a list of words.
func (h heading) is(list string) bool { return within(list, h.joined) }

// has tells whether one of a heading's words is in a list of words.
func (h heading) has(list string) bool {
	fit := h.match(list)
	return fit == wholeFit || fit == partFit
}

// A word may be wrong in one letter from shortTypo letters on, in two from
// longTypo.
const shortTypo, longTypo = 6, 9

// near tells whether a heading is in a list of words but for a typing error.
func (h heading) near(list string) bool {
	n := len(h.joined)
	if n < shortTypo || n > 30 || h.is(strangers) {
		return false
	}
	allowed := 1
	if n >= longTypo {
		allowed = 2
	}
	for word := range strings.FieldsSeq(list) {
		if len(word) >= shortTypo && max(n-len(word), len(word)-n) <= allowed && levenshtein.ComputeDistance(h.joined, word) <= allowed {
			return true
		}
	}
	return false
}
