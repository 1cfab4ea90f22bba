// Package phone knows telephone numbers: it reads what people type and what
// spreadsheets make of it, and answers with E.164, region and time zones.
package phone

import "log/slog"

// Number is a number in E.164, "+13125550142", or empty. In logs all but its
// last two digits are masked.
type Number string

// LogValue masks the number.
func (n Number) LogValue() slog.Value {
	if len(n) < 2 {
		return slog.StringValue("")
	}
	return slog.StringValue("…" + string(n[len(n)-2:]))
}

// Region is a country by its two letters (ISO 3166-1), "US".
type Region string
