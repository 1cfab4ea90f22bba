package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// moment is a date and time as a spreadsheet counts them (ECMA-376 18.17.4):
// days since the end of 1899, among them 29 February 1900, which there was not.
type moment struct {
	day                      int // the serial number's days
	year, month, date        int
	hour, minute, second, ms int
}

// maxDay is 31 December 9999.
const maxDay = 2958465

// momentOf reads a serial number; it is rounded to seconds unless there is to
// be a fraction.
func momentOf(v float64, date1904, fraction bool) (moment, bool) {
	if date1904 {
		v += 1462
	}
	if v < 0 || v >= maxDay+1 {
		return moment{}, false
	}
	const msPerDay = 24 * 60 * 60 * 1000
	day := math.Floor(v)
	ms := int(math.Round((v - day) * msPerDay))
	if !fraction {
		ms = (ms + 500) / 1000 * 1000
	}
	m := moment{day: int(day) + ms/msPerDay}
	ms %= msPerDay
	m.hour, m.minute, m.second, m.ms = ms/3600000, ms/60000%60, ms/1000%60, ms%1000
	switch m.day {
	case 0:
		m.year, m.month, m.date = 1900, 1, 0
	case 60:
		m.year, m.month, m.date = 1900, 2, 29
	default:
		first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		if m.day < 60 {
			first = first.AddDate(0, 0, 1)
		}
		year, month, date := first.AddDate(0, 0, m.day).Date()
		m.year, m.month, m.date = year, int(month), date
	}
	return m, true
}

// weekday is as Excel has it, which begins 1900 with a Sunday.
func (m moment) weekday() string { return time.Weekday((m.day + 6) % 7).String() }

// appendDate appends a date by the parts of a section.
func (s *section) appendDate(dst []byte, v float64, date1904 bool) ([]byte, bool) {
	m, ok := momentOf(v, date1904, s.fraction > 0)
	if !ok {
		return dst, false
	}
	for _, p := range s.parts {
		switch p.kind {
		case 'l':
			dst = append(dst, p.text...)
		case 'y', 'm', 'd':
			dst = m.appendDay(dst, p)
		default:
			dst = m.appendTime(dst, p, s.halves)
		}
	}
	return dst, true
}

func (m moment) appendDay(dst []byte, p part) []byte {
	switch {
	case p.kind == 'y' && p.count <= 2:
		return appendInt(dst, m.year%100, 2)
	case p.kind == 'y':
		return appendInt(dst, m.year, 4)
	case p.kind == 'm' && p.count <= 2:
		return appendInt(dst, m.month, p.count)
	case p.kind == 'm':
		name := time.Month(m.month).String()
		switch p.count {
		case 3:
			name = name[:3]
		case 5:
			name = name[:1]
		}
		return append(dst, name...)
	case p.count <= 2:
		return appendInt(dst, m.date, p.count)
	case p.count == 3:
		return append(dst, m.weekday()[:3]...)
	default:
		return append(dst, m.weekday()...)
	}
}

func (m moment) appendTime(dst []byte, p part, halves bool) []byte {
	switch p.kind {
	case 'h':
		hour := m.hour
		if halves {
			hour = (hour+11)%12 + 1
		}
		return appendInt(dst, hour, p.count)
	case 'n':
		return appendInt(dst, m.minute, p.count)
	case 's':
		return appendInt(dst, m.second, p.count)
	case 'H':
		return appendInt(dst, m.day*24+m.hour, p.count)
	case 'N':
		return appendInt(dst, (m.day*24+m.hour)*60+m.minute, p.count)
	case 'S':
		return appendInt(dst, ((m.day*24+m.hour)*60+m.minute)*60+m.second, p.count)
	case 'f':
		thousandths := strconv.Itoa(1000 + m.ms)[1:]
		return append(append(dst, '.'), thousandths[:min(p.count, 3)]...)
	case 'a':
		half := "AM"
		if m.hour >= 12 {
			half = "PM"
		}
		return append(dst, half[:min(2, p.count/2)]...)
	}
	return dst
}

func appendInt(dst []byte, n, width int) []byte {
	text := strconv.Itoa(n)
	for range width - len(text) {
		dst = append(dst, '0')
	}
	return append(dst, text...)
}

// isoDate reads a date as ISO 8601 and XML Schema have it, as a serial number;
// a time alone is on day zero.
func isoDate(text string) (serial float64, ok bool) {
	text = strings.TrimSuffix(text, "Z")
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05", "2006-01-02T15:04", "15:04:05"} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		if t.Year() == 0 {
			return float64(t.Hour()*3600+t.Minute()*60+t.Second()) / 86400, true
		}
		first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		days := float64(t.Unix()-first.Unix())/86400 + float64(t.Nanosecond())/86400e9
		return days, days >= 61 // the calendar is wrong before that
	}
	return 0, false
}

// isoFormat shows a date that has no format.
func isoFormat(serial float64) *format {
	switch {
	case serial < 1:
		return compile("h:mm:ss")
	case serial == math.Floor(serial):
		return compile("yyyy-mm-dd")
	default:
		return compile("yyyy-mm-dd h:mm:ss")
	}
}
