package sheet

import (
	"regexp"
	"strconv"
	"strings"

	"rollcall/campaign"
)

// style is what a style sheet says that matters: whether a thing is shown, and
// how a number is.
type style struct {
	hidden bool
	format pageFormat
}

// pageFormat is what kind of value a number format shows.
type pageFormat byte

const (
	formatNone pageFormat = iota
	formatText
	formatNumber
	formatDate
)

var (
	rule         = regexp.MustCompile(`\.([\w-]+)\s*\{([^}]*)\}`)
	numberFormat = regexp.MustCompile(`(?i)mso-number-format:\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^;]+)`)
	displayNone  = regexp.MustCompile(`(?i)display\s*:\s*none`)
)

// styleOf reads the declarations of a style.
func styleOf(css string) style {
	s := style{hidden: displayNone.MatchString(css)}
	if m := numberFormat.FindStringSubmatch(css); m != nil {
		s.format = pageFormatOf(strings.Trim(m[1], `"' `))
	}
	return s
}

// classes adds the styles of the classes of a style sheet.
func classes(css string, styles map[string]style) {
	for _, m := range rule.FindAllStringSubmatch(css, -1) {
		if s := styleOf(m[2]); s != (style{}) && len(styles) < maxTables {
			styles[m[1]] = s
		}
	}
}

// shownAsIs is what a number format shows as it stands: quoted, escaped, or a
// colour or language in brackets.
var shownAsIs = regexp.MustCompile(`\[[^\]]*\]|\\?"[^"]*"|\\.`)

// pageFormatOf tells what a number format shows (ECMA-376 18.8.30); Excel's names
// of formats are among them.
func pageFormatOf(code string) pageFormat {
	if strings.Contains(code, "@") {
		return formatText
	}
	code = strings.ToLower(shownAsIs.ReplaceAllString(code, ""))
	switch {
	case code == "", code == "general":
		return formatNone
	case strings.Contains(code, "date"), strings.Contains(code, "time"), code != "standard" && strings.ContainsAny(code, "ydh"):
		return formatDate
	default:
		return formatNumber
	}
}

// afterLanguages cuts the two languages off LibreOffice's sdnum.
func afterLanguages(sdnum string) string {
	parts := strings.SplitN(sdnum, ";", 3)
	return parts[len(parts)-1]
}

// cell makes a cell of what a page shows and what its tag says. What a page
// does not say to be a number is text.
func (t tag) cell(shown string) campaign.Cell {
	c := campaign.Cell{Type: campaign.CellText, Text: shown, Raw: shown}
	switch {
	case t.formula != nil:
		c.Type, c.Raw = campaign.CellFormula, "="+strings.TrimPrefix(*t.formula, "=")
	case shown == "":
		return campaign.Cell{}
	case t.boolean:
		c.Type = campaign.CellBool
	case t.err:
		c.Type = campaign.CellError
	case t.str != nil:
		if *t.str != "" {
			c.Text, c.Raw = *t.str, *t.str
		}
	case t.style.format == formatText:
	case t.style.format == formatDate:
		c.Type, c.Raw = campaign.CellDate, t.stored(shown)
	case t.num != nil || t.style.format == formatNumber:
		if raw := t.stored(shown); isNumber(raw) {
			c.Type, c.Raw = campaign.CellNumber, raw
		}
	}
	return c
}

// stored is the value of a number in full.
func (t tag) stored(shown string) string {
	if t.num == nil || *t.num == "" {
		return shown
	}
	return strings.TrimSpace(*t.num)
}

func isNumber(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil
}
