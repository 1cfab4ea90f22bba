package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// endings are the last two digits of the people of the small list: all that
// may happen on the practice line.
const endings = "00 07 13 24 31 42 59 60 65 69 70 75 79 80 84 85 89 90 93 94 96 97 98 99"

// flowFile is what they hear: a question, with a way out.
const flowFile = `<?xml version="1.0"?>
<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml">
  <form>
    <field name="reply">
      <grammar mode="dtmf" version="1.0" root="key" xmlns="http://www.w3.org/2001/06/grammar">
        <rule id="key" scope="public"><one-of><item>1</item><item>2</item><item>9</item></one-of></rule>
      </grammar>
      <prompt>${Name}, press 1 or 2, or 9 if you do not want to be called again.</prompt>
      <noinput><exit/></noinput>
      <filled><if cond="reply == '9'"><assign name="optout" expr="true"/></if></filled>
    </field>
    <field name="optout" type="boolean" cond="false"/>
  </form>
</vxml>
`

// writeList writes the list and the flow into folder and returns how many rows
// the list has: the endings, one of them twice, and a number that is none.
func writeList(folder string) (int, error) {
	rows := []string{"Name,Phone"}
	for i, digits := range strings.Fields(endings) {
		rows = append(rows, fmt.Sprintf("Person %d,+1 212 555 01%s", i+1, digits))
	}
	rows = append(rows, "Again,+1 212 555 0100", "Nobody,none")
	text := strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(folder, "list.csv"), []byte(text), 0o600); err != nil {
		return 0, err
	}
	return len(rows) - 1, os.WriteFile(filepath.Join(folder, "flow.vxml"), []byte(flowFile), 0o600)
}
