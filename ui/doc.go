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
//	run.go               the program with a window
//	run_headless.go      the program without one
//	window.go            the window: Open, the frame around pages, what the keys do
//	menu.go              every action, with its shortcut
//	menu_calls.go        the menu about people
//	language.go          the language of everything, the toolkit's own words too
//	bridge.go            the only way to and from other goroutines
//	ask.go               questions, errors, toasts
//	files.go             choosing files
//	field.go             entries that hand keys on
//	wait.go              what takes longer
//	undo.go              taking back
//	unsaved.go           what is not stored yet when somebody leaves
//	columns.go           columns of grids
//	broken.go            a page that broke
//	crash.go             ends nobody wanted
//	single.go            further starts
//	notify.go            what the desktop tells
//	tray*.go             the icon while the window is away: _native and _bus whether a desktop shows it
//	remember.go          how the window stood
//	autostart.go         the start with the computer
//	home.go              campaigns
//	home_card.go         one campaign and what can be done with it
//	home_start.go        the first start
//	list.go              a list comes in
//	reading.go           how a file is read
//	newer.go             a newer list into a campaign
//	blocks.go            a file of numbers not to call
//	people.go            what was understood of a list
//	people_grid.go       its rows
//	people_row.go        one row, mended ones
//	people_side.go       what was found
//	people_act.go        what is done with rows
//	people_state.go      what blocks the list
//	message.go           what they hear
//	message_built.go     greeting and machines
//	message_keys.go      what keys do
//	message_file.go      recordings and files
//	message_text.go      texts with columns in them
//	message_preview.go   the talk beside them
//	when.go              when and how, its frame
//	when_week.go         hours
//	when_tries.go        tries
//	when_rules.go        places and rules
//	when_how.go          gateways, lines, pace
//	when_more.go         what is folded away
//	check.go             what starting would do, its frame
//	check_cards.go       the cards
//	check_call.go        the test call
//	try.go               a telephone on the screen
//	try_phone.go         its keys
//	steps.go             the steps
//	steps_look.go        those before Live, once started
//	calls.go             start, pause, stop, quit
//	live.go              a campaign while it runs
//	live_summary.go      counts and chart
//	live_now.go          what happens, why not more
//	live_controls.go     lines and rate
//	live_grid.go         filters and rows
//	live_kept.go         how they were arranged
//	live_acts.go         what is done with people
//	live_copy.go         rows as cells
//	details.go           everything about one row
//	results.go           what came of it: bars, hours
//	results_answer.go    who gave an answer
//	results_take.go      files, going on
//	donotcall.go         who must not be called
//	donotcall_list.go    one long list of them
//	donotcall_add.go     adding
//	donotcall_why.go     about a number
//	donotcall_do.go      removing, saving
//	doubts.go            what nobody knows, to decide
//	settings.go          what the office set, its frame
//	settings_office.go   country and rules
//	settings_gateways.go the gateways, their form and test
//	settings_data.go     back-up, how long things are kept
//	settings_look.go     colours and start-up
//	help.go              the guide
//	help_about.go        what the program is made of, names of keys
//
// Everything runs on the toolkit's goroutine, except what [Bridge] runs
// elsewhere; no page reads a file or the store on it.
package ui
