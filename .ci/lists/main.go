// Lists measures how long a list takes from the file until it is stored, next to
// programs that merely read the same file, in the same run.
//
//	go run ./.ci/lists                1,000,000 and 100,000 and 10,000 rows
//	go run ./.ci/lists -rows 50000    one size
//
// Peers are taken where they are installed: openpyxl and xlsx2csv of Debian,
// exceljs and SheetJS of npm in the folder that -modules names. Each program is
// a process of its own; its wall time, processor time and peak memory are what
// the system says of it. The order changes from round to round, and the best of
// the rounds counts.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "lists:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	rows := flag.Int("rows", 0, "how many rows; zero: three sizes")
	write := flag.String("write", "", "only write the lists of so many rows into this folder")
	rounds := flag.Int("rounds", 2, "how often each program runs")
	modules := flag.String("modules", "", "folder whose node_modules holds exceljs and xlsx")
	flag.Parse()
	if *write != "" {
		return writeLists(filepath.Join(*write, bookName), filepath.Join(*write, textName), *rows)
	}
	dir, err := os.MkdirTemp("", "rollcall-lists-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program := filepath.Join(dir, "rollcall")
	build := exec.CommandContext(ctx, "go", "build", "-tags", "headless", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the program: %w\n%s", err, out)
	}
	sizes := []int{10_000, 100_000, 1_000_000}
	if *rows > 0 {
		sizes = []int{*rows}
	}
	for _, n := range sizes {
		b := bench{dir: dir, program: program, modules: *modules, rows: n, rounds: *rounds}
		if err := b.run(ctx); err != nil {
			return err
		}
	}
	return nil
}

// The names of the lists.
const (
	bookName = "list.xlsx"
	textName = "list.csv"
)

// bench is the measurement of one size.
type bench struct {
	dir, program, modules string
	rows, rounds          int
}

// contender is a program and what it does with the file.
type contender struct {
	name string
	args []string
	ours bool
	best usage
}

// usage is what a process took.
type usage struct {
	wall, cpu time.Duration
	memory    int64 // bytes at the peak
}

func (b *bench) run(ctx context.Context) error {
	book, text := filepath.Join(b.dir, bookName), filepath.Join(b.dir, textName)
	// What a process has held counts for the programs it starts: so another one
	// writes the lists.
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, self, "-write", b.dir, "-rows", strconv.Itoa(b.rows)).CombinedOutput(); err != nil {
		return fmt.Errorf("write the lists: %w\n%s", err, out)
	}
	all := []*contender{
		{name: "rollcall, xlsx until stored", args: b.importing(book), ours: true},
		{name: "rollcall, csv until stored", args: b.importing(text), ours: true},
		{name: "rollcall, xlsx only looked at", args: []string{b.program, "import", "--list", book, "--json", "--data", filepath.Join(b.dir, "looked")}, ours: true},
	}
	all = append(all, peers(ctx, book, b.modules)...)
	for round := range b.rounds {
		for i := range all {
			c := all[(i+round)%len(all)]
			used, err := b.measure(ctx, c)
			if err != nil {
				return err
			}
			if round == 0 || used.wall < c.best.wall {
				c.best = used
			}
		}
	}
	b.tell(all)
	return nil
}

func (b *bench) importing(list string) []string {
	return []string{b.program, "import", "--list", list, "--draft", "--data", filepath.Join(b.dir, "data")}
}

// measure runs a program once, ours into a folder that is empty.
func (b *bench) measure(ctx context.Context, c *contender) (usage, error) {
	if err := os.RemoveAll(filepath.Join(b.dir, "data")); err != nil {
		return usage{}, err
	}
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	var out bytes.Buffer
	cmd.Stderr = &out
	begun := time.Now()
	err := cmd.Run()
	used := usage{wall: time.Since(begun)}
	if err != nil {
		return used, fmt.Errorf("%s: %w\n%s", c.name, err, out.String())
	}
	used.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		used.memory = r.Maxrss << 10
	}
	return used, nil
}

// tell prints what was measured, and how ours compares with the fastest peer.
func (b *bench) tell(all []*contender) {
	fmt.Printf("\n%s rows of 6 columns\n", strconv.Itoa(b.rows))
	var fastest *contender
	for _, c := range all {
		if !c.ours && (fastest == nil || c.best.wall < fastest.best.wall) {
			fastest = c
		}
	}
	for _, c := range all {
		ratio := ""
		if fastest != nil {
			ratio = fmt.Sprintf("%5.2f of %s", c.best.wall.Seconds()/fastest.best.wall.Seconds(), fastest.name)
		}
		fmt.Printf("  %-34s %7.2f s  cpu %7.2f s  peak %6d MB  %s\n", c.name, c.best.wall.Seconds(), c.best.cpu.Seconds(), c.best.memory>>20, ratio)
	}
}

// peers are the programs that are installed and read a workbook.
func peers(ctx context.Context, book, modules string) []*contender {
	var found []*contender
	add := func(name, program string, args ...string) {
		if path, err := exec.LookPath(program); err == nil {
			found = append(found, &contender{name: name, args: slices.Concat([]string{path}, args)})
		}
	}
	if exec.CommandContext(ctx, "/usr/bin/python3", "-c", "import openpyxl").Run() == nil {
		add("openpyxl, read only", "/usr/bin/python3", "-c", openpyxl, book)
	}
	add("xlsx2csv", "xlsx2csv", book, os.DevNull)
	if modules == "" {
		return found
	}
	for name, script := range map[string]string{"exceljs, streaming": exceljs, "SheetJS": sheetJS} {
		add(name, "node", "--max-old-space-size=8192", "-e", script, filepath.Join(modules, "node_modules"), book)
	}
	slices.SortFunc(found, func(a, b *contender) int { return strings.Compare(a.name, b.name) })
	return found
}

const openpyxl = `
import sys, openpyxl
n = 0
for row in openpyxl.load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True):
    n += len(row)
`

const exceljs = `
const [modules, file] = process.argv.slice(1)
const ExcelJS = require(modules + '/exceljs')
;(async () => {
  let n = 0
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader(file, {sharedStrings: 'cache', worksheets: 'emit'}))
    for await (const row of sheet) n += row.values.length
})()
`

const sheetJS = `
const [modules, file] = process.argv.slice(1)
const XLSX = require(modules + '/xlsx')
const sheet = XLSX.readFile(file, {dense: true}).Sheets
let n = 0
for (const name in sheet) for (const row of sheet[name]['!data'] || sheet[name]) n += row ? row.length : 0
`
