package assets_test

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"rollcall/assets"
)

// plain is a number of the sample lists in any of the ways people write it.
var plain = regexp.MustCompile(`^(?:\+1 |1-)?\(?(\d{3})\)?[ .-]*555[ .-]*(01\d\d)$`)

// digits returns the ten digits of a plain number, else nothing.
func digits(written string) string {
	m := plain.FindStringSubmatch(written)
	if m == nil {
		return ""
	}
	return m[1] + "555" + m[2]
}

// clinic returns the rows of clinic.xlsx below the heading, as a person sees
// them and as the file stores them.
func clinic(t *testing.T) (seen, raw [][]string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(sample(t, assets.SampleList)))
	if err != nil {
		t.Fatal(err)
	}
	if seen, err = f.GetRows("Appointments"); err != nil {
		t.Fatal(err)
	}
	if raw, err = f.GetRows("Appointments", excelize.Options{RawCellValue: true}); err != nil {
		t.Fatal(err)
	}
	return seen[1:], raw[1:]
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(assets.Samples(), name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestClinicHasWhatItPromises(t *testing.T) {
	seen, _ := clinic(t)
	if len(seen) != 200 {
		t.Errorf("%d appointments, want 200", len(seen))
	}
	var damaged []string
	again := 0
	numbers, areas := map[string]bool{}, map[string]bool{}
	for _, row := range seen {
		n := digits(row[2])
		switch {
		case n == "":
			damaged = append(damaged, row[2])
		case numbers[n]:
			again++
		}
		if n != "" {
			numbers[n] = true
			areas[n[:3]] = true
		}
	}
	want := []string{
		"5.04E+09", "2155550188.0", "16125550180", "cell: 206-555-0172 (after 5)", "001 617-555-0164", "5.045550156E+09",
		"4.16E+09", "4.41E+11", "312-555-0132 / 312-555-0167", "12-May", "21555501160000000000", "##########",
	}
	if diff := cmp.Diff(want, damaged); diff != "" {
		t.Errorf("damaged numbers (-want +got):\n%s", diff)
	}
	if again != 5 {
		t.Errorf("%d duplicates, want 5", again)
	}
	if len(areas) != 9 {
		t.Errorf("numbers in %d areas, want 9", len(areas))
	}
}

// Each thing that the practice line can play must happen: it decides by the
// last two digits of the number.
func TestClinicMeetsEveryPracticeOutcome(t *testing.T) {
	seen, _ := clinic(t)
	for name, band := range map[string][2]string{
		"person": {"00", "59"}, "machine": {"60", "69"}, "no answer": {"70", "79"}, "busy": {"80", "84"},
		"busy twice": {"85", "89"}, "not in service": {"90", "93"}, "congestion": {"94", "96"},
		"hangs up": {"97", "98"}, "no response": {"99", "99"},
	} {
		met := slices.ContainsFunc(seen, func(row []string) bool {
			n := digits(row[2])
			return n != "" && band[0] <= n[8:] && n[8:] <= band[1]
		})
		if !met {
			t.Errorf("nobody on the list gives %q", name)
		}
	}
}

func TestClinicDamageIsInTheFileAsExcelLeavesIt(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(sample(t, assets.SampleList)))
	if err != nil {
		t.Fatal(err)
	}
	_, raw := clinic(t)
	if got := raw[8][2]; got != "5035550196" {
		t.Errorf("the number shown as 5.04E+09 is stored as %q", got)
	}
	formula, err := f.GetCellFormula("Appointments", "C42")
	if err != nil || formula != "+16125550180" {
		t.Errorf("formula %q, %v", formula, err)
	}
	if got := raw[40][2]; got != "16125550180" {
		t.Errorf("the formula's stored value is %q", got)
	}
}

func TestThreeOfTheClinicAreNotToBeCalled(t *testing.T) {
	seen, _ := clinic(t)
	listed := map[string]int{}
	for _, row := range seen {
		if n := digits(row[2]); n != "" {
			listed[n]++
		}
	}
	records, err := csv.NewReader(bytes.NewReader(sample(t, assets.SampleDoNotCall))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	blocked := 0
	for _, record := range records[1:] {
		blocked += listed[digits(record[0])]
	}
	if blocked != 3 {
		t.Errorf("%d rows of the clinic are on the list, want 3", blocked)
	}
}

func TestSchoolIsAsAEuropeanExcelSavesIt(t *testing.T) {
	data := sample(t, "school.csv")
	if utf8.Valid(data) {
		t.Error("the file is UTF-8; it should be Windows-1252")
	}
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\r\n")), []byte("\r\n"))
	if len(lines) != 41 {
		t.Errorf("%d lines, want 41", len(lines))
	}
	for i, line := range lines {
		fields := strings.Split(string(line), ";")
		if len(fields) != 4 || i > 0 && digits(fields[3]) == "" {
			t.Errorf("line %d: %q", i+1, line)
		}
	}
}

// known are the elements that every version of the interpreter runs.
func known() []string {
	return strings.Fields(`vxml form block prompt audio value var assign field grammar rule one-of item menu choice
		filled if elseif else noinput nomatch catch help exit disconnect goto submit`)
}

func TestFlowsUseKnownElementsAndColumnsOfTheirLists(t *testing.T) {
	for name, columns := range map[string]string{
		"reminder.vxml": "Chart Patient Phone Appointment Time Doctor AnsweredBy",
		"notice.vxml":   "Pupil Class Parent Telephone AnsweredBy",
		"survey.vxml":   "AnsweredBy",
	} {
		t.Run(name, func(t *testing.T) {
			text := sample(t, name)
			for _, element := range elements(t, text) {
				if !slices.Contains(known(), element) {
					t.Errorf("uses <%s>", element)
				}
			}
			used := regexp.MustCompile(`\$\{(\w+)\}`).FindAllSubmatch(text, -1)
			for _, m := range used {
				if !slices.Contains(strings.Fields(columns), string(m[1])) {
					t.Errorf("uses the column %s, which its list does not have", m[1])
				}
			}
			if !bytes.Contains(text, []byte("${AnsweredBy}")) {
				t.Error("has no words for machines")
			}
		})
	}
}

func elements(t *testing.T, text []byte) []string {
	t.Helper()
	var names []string
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			names = append(names, start.Name.Local)
		}
	}
}

func TestIcon(t *testing.T) {
	picture, err := png.Decode(bytes.NewReader(assets.Icon()))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 512 || size.Y != 512 {
		t.Errorf("size %v", size)
	}
	assets.Icon()[0] = 0
	if assets.Icon()[0] == 0 {
		t.Error("a caller can change the icon")
	}
}

func TestVersionIsTheSameEverywhere(t *testing.T) {
	if !strings.HasPrefix(assets.Changelog(), "# What is new\n\n## "+assets.Version+"\n") {
		t.Errorf("the list of changes begins %.40q", assets.Changelog())
	}
	packaged, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if want := `Version = "` + assets.Version + `"`; !strings.Contains(string(packaged), want) {
		t.Errorf("FyneApp.toml has no line %s", want)
	}
}
