package phone

import "strings"

// others returns what else something that is no number as it stands may mean,
// the most likely first, each in international form. No digit is guessed: only
// prefixes are read that have a fixed meaning.
//
//   - 011 and 00, the international prefixes of North America and of most of
//     the world, whatever the region dials itself; also after a plus.
//   - Mexico before its plan of August 2019: 01 before a number of another
//     city, 044 and 045 before a mobile one, and 1 after +52.
func others(digits string, plus bool, region Region) []string {
	var list []string
	for _, prefix := range []string{"011", "00"} {
		if rest, found := strings.CutPrefix(digits, prefix); found {
			list = append(list, rest)
		}
	}
	for _, international := range list {
		list = append(list, oldMexican(international)...)
	}
	switch {
	case plus:
		list = append(list, oldMexican(digits)...)
	case region == "MX":
		list = append(list, oldMexican(digits)...)
		list = append(list, oldMexican("52"+digits)...)
	}
	return list
}

// oldMexican reads a number in international form as it was before 2019.
func oldMexican(digits string) []string {
	national, found := strings.CutPrefix(digits, "52")
	if !found {
		return nil
	}
	for _, prefix := range []string{"1", "01", "044", "045", "1044", "1045"} {
		if rest, found := strings.CutPrefix(national, prefix); found && len(rest) == 10 {
			return []string{"52" + rest}
		}
	}
	return nil
}

// onePlus joins the pluses before the first digit: "+ +44", "+(+44)".
func onePlus(text string) string {
	first := strings.IndexAny(text, "0123456789")
	if first < 0 || strings.Count(text[:first], "+") < 2 {
		return text
	}
	return "+" + text[first:]
}
