// Package ui is the window. Its pages connect three rings: ui/view holds the
// state and the words of each page and does not know the toolkit, ui/widget
// draws, and a page here carries the one to the other and calls back.
//
// A campaign's life is four steps: People (what was understood of the list),
// Message (what they hear), Live (the grid while calls run) and Results. A list
// comes in by a button, a drop or the command line, always the same way. Nobody
// is called before a question has said how many, through which gateway, and
// whether telephones ring.
//
// What a reader looks for stands in
//
//	run.go      the program with a window; run_headless.go that without
//	window.go   the window: Open, the frame around pages, what the keys do
//	menu.go     every action, with its shortcut
//	language.go the language of everything, the toolkit's own words too
//	bridge.go   the only way to and from other goroutines
//	ask.go      questions, errors, toasts       files.go    choosing files
//	field.go    entries that hand keys on       wait.go     what takes longer
//	home.go     campaigns, or the first start   list.go     a list comes in
//	newer.go    a newer list into a campaign    blocks.go   numbers not to call
//	people.go   what was understood: the rows;  people_side.go what was found,
//	people_row.go one row, mended ones          reading.go  how a file is read
//	message.go  what they hear
//	calls.go    start, pause, stop, quit        live.go     a campaign while it runs:
//	live_summary.go  counts and chart           live_now.go what happens, why not more
//	live_grid.go     filters and rows           live_acts.go  what is done with people
//	live_controls.go lines and rate             live_kept.go  how it was arranged
//	details.go  everything about one row        menu_calls.go the menu about people
//	results.go  what came of it
//	settings.go what the office set; settings_gateways.go the list, the form and
//	the test, _office country and rules, _data back-up and how long things are
//	kept, _look colours and start-up; autostart.go, kept.go, remember.go what is
//	kept of this computer
//	help.go     the guide; help_about.go what it is made of, names of keys
//	single.go   further starts                  crash.go    ends nobody wanted
//
// Everything runs on the toolkit's goroutine, except what [Bridge] runs
// elsewhere; no page reads a file or the store on it.
package ui
