package campaign

// DayRule reads a day as law/holidays.json has it.
func DayRule(text string) (func(year int) (Day, bool), error) { return parseDayRule(text) }

// ReadCalendars reads a file of holidays and returns how many calendars it has.
func ReadCalendars(data []byte) (int, error) {
	all, err := parseCalendars(data)
	return len(all), err
}
