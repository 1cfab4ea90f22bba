// Package ui is the window. Its pages connect three rings: ui/view holds the
// state and the words of each page and does not know the toolkit, ui/widget
// draws, and a page here carries the one to the other and calls back.
//
// A campaign's life is six steps: People (what was understood of the list),
// Message (what they hear), When and how, Check (what starting would do), Live
// (the grid while calls run) and Results. A list comes in by a button, a drop
// or the command line, always the same way. Nobody is called before the check
// has said how many, through which gateway, and whether telephones ring; where
// they do, a question asks once more.
//
// What a reader looks for stands in
//
//	run.go      the program with a window; run_headless.go that without
//	window.go   the window: Open, the frame around pages, what the keys do
//	menu.go     every action, with its shortcut
//	language.go the language of everything, the toolkit's own words too
//	bridge.go   the only way to and from other goroutines
//	ask.go      questions, errors, toasts       files.go    choosing files
//	unsaved.go  what is not stored yet when somebody leaves
//	field.go    entries that hand keys on       wait.go     what takes longer
//	broken.go   a page that broke               notify.go   what the desktop tells
//	tray*.go    the icon while the window is away
//	home.go     campaigns; home_card.go one of them and what can be done with
//	            it, home_start.go the first start
//	list.go     a list comes in
//	newer.go    a newer list into a campaign    blocks.go   numbers not to call
//	people.go   what was understood of a list:  people_grid.go its rows,
//	people_side.go what was found               people_row.go  one row, mended ones
//	people_act.go what is done with rows        people_state.go what blocks it
//	undo.go     taking back                     reading.go  how a file is read
//	message.go  what they hear; message_built.go greeting and machines,
//	            message_keys.go keys, message_file.go recordings and files,
//	            message_text.go texts with columns in them,
//	            message_preview.go the talk beside them
//	try.go      a telephone on the screen; try_phone.go its keys
//	calls.go    start, pause, stop, quit        live.go     a campaign while it runs:
//	live_summary.go  counts and chart           live_now.go what happens, why not more
//	live_grid.go     filters and rows           live_acts.go  what is done with people
//	live_controls.go lines and rate             live_copy.go  rows as cells
//	live_kept.go     how it was arranged
//	details.go  everything about one row        menu_calls.go the menu about people
//	results.go  what came of it: bars, hours;   results_take.go files, going on,
//	            results_answer.go who gave an answer
//	donotcall.go who must not be called;        donotcall_list.go one long list,
//	            donotcall_add.go adding,        donotcall_why.go about a number,
//	            donotcall_do.go removing, saving
//	doubts.go   what nobody knows, to decide    columns.go  columns of grids
//	steps.go    the steps; steps_look.go        those before Live, once started
//	when.go     when and how: its frame; when_week.go hours, when_tries.go tries,
//	            when_rules.go places and rules, when_more.go what is folded away,
//	            when_how.go gateways, lines, pace
//	check.go    what starting would do: its frame; check_cards.go the cards,
//	            check_call.go the test call
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
