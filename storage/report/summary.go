package report

import (
	"fmt"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/flow/built"
	"rollcall/campaign/words"
)

// summary fills the first sheet: two columns, what and how much.
func (b *book) summary() error {
	sheet := words.Say("Summary")
	c := b.campaign
	lines := [][2]any{
		{words.Say("Campaign"), c.Name},
		{words.Say("State"), words.Campaign(c.State)},
		{words.Say("Why"), words.Sentence(c.Why, b.now)},
		{words.Say("Line"), b.line(c.Practice)},
		{words.Say("List"), c.List.File},
		{words.Say("Sheet"), c.List.Sheet},
		{words.Say("Call flow"), flowName(c.Flow.Source)},
		{words.Say("Started"), c.Started},
		{words.Say("Ended"), c.Ended},
		{words.Say("Report written"), b.now},
		{words.Say("Rows"), b.tally.Total()},
	}
	for _, s := range campaign.Statuses() {
		if n := b.tally[s]; n > 0 {
			lines = append(lines, [2]any{words.Status(s), n})
		}
	}
	if err := b.file.SetColWidth(sheet, "A", "A", 20); err != nil {
		return err
	}
	if err := b.file.SetColWidth(sheet, "B", "B", 60); err != nil {
		return err
	}
	row := 0
	for _, line := range lines {
		if line[1] == "" || line[1] == (time.Time{}) {
			continue
		}
		row++
		if err := b.summaryLine(sheet, row, line); err != nil {
			return err
		}
	}
	return nil
}

// flowName is what was played; one that was built in the window has no file.
func flowName(source string) string {
	if _, is := built.FromSource(source); is {
		return words.Say("Message built here")
	}
	return source
}

func (b *book) summaryLine(sheet string, row int, line [2]any) error {
	looks := [2]int{b.style.heading, 0}
	switch line[1].(type) {
	case time.Time:
		looks[1] = b.style.moment
	case string:
		looks[1] = b.style.text
	}
	for i, at := range []string{fmt.Sprintf("A%d", row), fmt.Sprintf("B%d", row)} {
		v := line[i]
		if t, ok := v.(time.Time); ok {
			v = t.Local()
		}
		if err := b.file.SetCellValue(sheet, at, v); err != nil {
			return err
		}
		if err := b.file.SetCellStyle(sheet, at, at, looks[i]); err != nil {
			return err
		}
	}
	return nil
}
