// Package view is the state of each page and command, and its words; it does
// not know the toolkit. The window and the commands drive the same types here,
// so what one does the other does too.
//
// What a reader looks for stands in
//
//	app.go               App, what main hands over; Store, what is asked of a store
//	office.go            an opened data folder, its gateway
//	office_list.go       how lists come into it
//	importing.go         a list from its file to the store, row by row
//	mended.go            numbers that were mended in a reject report
//	names.go             names of a length that has room
//	donotcall.go         files of numbers that must not be called
//	reading_words.go     the words of lists and files
//	shown.go             what pages ask of a store about many rows at once
//	settings.go          what an office has set for all campaigns
//	probe.go             a gateway tested step by step
//	restore.go           copies of the data folder
//	single.go            a second start hands its files to the first
//	crash.go             what is known of an end nobody wanted
//	trouble.go           details of trouble, to copy
//	session.go           calling the people of a campaign
//	progress.go          how far it is
//	ending.go            when all will have been called, for the live page
//	preflight.go         what starting a campaign would do
//	testcall.go          one call to whoever sets it up
//	flows.go             a flow read and checked
//	flow_built.go        one that was built in the window
//	flow_file.go         a folder of one file in memory, for it
//	try.go               a flow tried: the person called
//	try_talk.go          recorded and connected
//	try_fetch.go         from the web
//	try_event.go         as events
//	try_talk_lines.go    as a conversation
//	rehearse.go          tries on while somebody looks, or up to a point
//	zone.go              the zone of this computer
//	notice.go            what the desktop tells
//	page_rows.go         between a store and a grid
//	page_marks.go        the same where rows have no ids
//	page_words.go        counts and days
//	page_side.go         the side bar's foot
//	page_home.go         the campaigns
//	page_home_card.go    a campaign in words
//	page_people*.go      a list: _groups what was found, _decide what is decided about it, _acts on
//	                     many rows and their way back, _words
//	page_message*.go     a built message: _new what it begins with, _rows whose row it is heard by,
//	                     _words what its parts are called
//	page_when*.go        when and how: _hours the week, _tries, _rules, _days days and zones, _dates that are typed, _how
//	                     gateways
//	page_preflight.go    what starting does
//	page_check.go        the same as the window lays it out
//	page_check_words.go  its sentences
//	page_start.go        the question before anybody is called
//	page_try.go          a flow tried
//	page_live.go         a campaign while it runs
//	page_now.go          what happens, why not more
//	page_row.go          a row by columns
//	page_person.go       all about one row
//	page_acts.go         what is done with rows
//	page_minutes.go      calls by time
//	page_rates.go        calls a minute
//	page_results*.go     what came of it: _hours when, _answers what people said
//	page_donotcall*.go   who must not be called: _add adding and taking off, _why about a number
//	page_doubts.go       what nobody knows, to decide
//	page_settings*.go    the settings: _hours days, country and zone
//	page_help.go         the guide
package view

import (
	"context"
	"io/fs"
	"log/slog"
	"time"

	"rollcall/campaign"
	"rollcall/campaign/contacts"
	"rollcall/campaign/phone"
)

// App is what main hands to the window and to the commands: everything that
// needs packages which neither may import.
type App struct {
	Version string
	// Region is the country that this computer is set to; empty if it does not
	// say.
	Region  phone.Region
	DataDir string // where campaigns, the gateway's journal and the log live
	Log     *slog.Logger

	// Hold takes the lock on the data folder for what ("run", "gateway",
	// "window"); the error names who has it. release gives it back.
	Hold func(what string) (release func() error, err error)
	// OpenStore opens the store in the data folder, which must be held.
	OpenStore func(ctx context.Context) (Store, error)
	// OpenGateway binds the embedded gateway; it takes calls once Run runs.
	OpenGateway func(ctx context.Context, c GatewayConfig) (EmbeddedGateway, error)
	// OpenSheet begins to read a spreadsheet; what it returns is to be closed.
	OpenSheet func(ctx context.Context, path string, how campaign.Reading) (*campaign.Table, error)
	// OpenNumbers begins to read a file of numbers that must not be called.
	OpenNumbers func(ctx context.Context, path string) (campaign.NumberRows, error)
	// WriteReport writes the result workbook and returns its path, another one
	// than asked for if that file could not be replaced.
	WriteReport func(ctx context.Context, path string, s Store, id campaign.ID) (string, error)
	// WriteRejects writes the rows that an import set aside to a workbook and
	// returns its path.
	WriteRejects func(ctx context.Context, path string, s Store, id campaign.ID) (string, error)
	// WriteOwn, WritePrint and WritePlain write what came of a campaign, as
	// WriteReport does: into a copy of the user's own file, as a report to print,
	// and as a plain table.
	WriteOwn, WritePrint, WritePlain WriteResults
	// WriteDoNotCall writes all numbers that must not be called to a workbook, or
	// to a text if the path ends in .csv, and returns its path.
	WriteDoNotCall func(ctx context.Context, path string, s Store, tell func(part float64)) (string, error)
	// Backup copies what a data folder holds into another, also while it is in
	// use, and returns the files. Nothing is overwritten.
	Backup func(ctx context.Context, from, to string) ([]string, error)
	// Restorer puts a back-up in the place of the data folder.
	Restorer Restorer
	// Samples holds the sample lists and flows.
	Samples fs.FS
	// Sound tells why a line could not play a sound; nil takes every one.
	Sound func(sound []byte, mediaType string) error
}

// GatewayConfig is how the embedded gateway is to run.
type GatewayConfig struct {
	Listen  string // host:port; empty: as Config says, else DefaultListen
	AnyPort bool   // take a free port where that one is taken
	Line    string // "practice" or "sip"
	Lines   int    // zero: as Config says
	Speed   int    // divides the practice line's durations
	Config  string // path of a settings file, empty for none
	// Keep is how long records of ended calls are kept; zero: as Config says.
	Keep time.Duration
}

// EmbeddedGateway is a gateway in this process.
type EmbeddedGateway interface {
	URL() string
	// Run serves and calls until ctx ends; then it lets the calls in progress
	// end, for at most a little while, and closes its journal.
	Run(ctx context.Context) error
	Lines() int
	SetLines(n int)
	// PageCode is what a person types on the gateway's page to see numbers;
	// empty: the token of the settings file.
	PageCode() string
}

// Store is everything that pages and commands ask of a store.
type Store interface {
	campaign.Store
	Shelf
	Archive
	People
	Imports
	Layouts
	DoNotCall
	DoNotCallLists
	Audit
	PreflightStore
	Close() error
	Rulings
	Revivals
	Moments
	Ledger
	DoNotCallPages
	Doubtful
	Results
	Messages
	OfficeStore
}

// Shelf keeps campaigns.
type Shelf interface {
	// Import stores a draft whose rows fill gives to the sink, and how they
	// were read: all of it or nothing.
	Import(ctx context.Context, c campaign.Campaign, fill Fill) (campaign.Campaign, error)
	// Refill replaces the rows of a draft that has never started.
	Refill(ctx context.Context, c campaign.Campaign, fill Fill) (campaign.Campaign, error)
	// Find returns the newest campaign of that list and flow, and false if
	// there is none.
	Find(ctx context.Context, listHash, flowSource string) (campaign.Campaign, bool, error)
	// List returns all campaigns, the newest first.
	List(ctx context.Context) ([]campaign.Campaign, error)
	// Configure stores Name, Flow and Settings of c.
	Configure(ctx context.Context, c campaign.Campaign) error
}

// Archive keeps campaigns in order.
type Archive interface {
	// Summaries returns how all campaigns stand, the newest first.
	Summaries(ctx context.Context) ([]campaign.Summary, error)
	// Archive puts a campaign away at a time; the zero time brings it back.
	Archive(ctx context.Context, id campaign.ID, at time.Time) error
	// Duplicate makes a draft with the list, as it was read, the message and the
	// settings of a campaign; told, if not nil, hears how many rows are copied.
	Duplicate(ctx context.Context, id campaign.ID, name string, told func(rows int)) (campaign.Campaign, error)
	// Discard deletes a campaign that is over with its results; its calls stay
	// in the ledger.
	Discard(ctx context.Context, id campaign.ID) error
}

// People reads rows and attempts.
type People interface {
	// Order returns the ids of the rows that f keeps, in its order.
	Order(ctx context.Context, id campaign.ID, f campaign.Filter) ([]campaign.ContactID, error)
	// Contacts returns those rows, in the order of ids, at most a few hundred.
	Contacts(ctx context.Context, ids []campaign.ContactID) ([]campaign.Contact, error)
	// Attempts returns every attempt of a campaign, or of one row if contact
	// is not zero, oldest first.
	Attempts(ctx context.Context, id campaign.ID, contact campaign.ContactID) ([]campaign.Attempt, error)
	// Undo deletes a campaign that has never started, with its rows.
	Undo(ctx context.Context, id campaign.ID) error
}

// Rulings are decisions of people about single rows.
type Rulings interface {
	// Exclude leaves out those of the rows that are ready or waiting, and
	// returns how many these were.
	Exclude(ctx context.Context, ids []campaign.ContactID) (int, error)
	// Rule settles those of the rows that are in doubt, and returns how many
	// these were.
	Rule(ctx context.Context, ids []campaign.ContactID, r campaign.Ruling, at time.Time) (int, error)
}

// Revivals lets rows be called after all, because somebody says so. Each returns
// how many rows that concerned.
type Revivals interface {
	// CallAgain lets rows that are done be called again; a campaign that is over
	// is paused then.
	CallAgain(ctx context.Context, id campaign.ID, ids []campaign.ContactID, at time.Time) (int, error)
	// CallNow lets rows that are ready or wait be called before all others,
	// without delay.
	CallNow(ctx context.Context, id campaign.ID, ids []campaign.ContactID) (int, error)
	// Include takes back that rows were left out.
	Include(ctx context.Context, id campaign.ID, ids []campaign.ContactID) (int, error)
}

// Moments tells of a campaign's calls by time.
type Moments interface {
	// CallTimes counts the calls that ended in each of n stretches of time.
	CallTimes(ctx context.Context, id campaign.ID, from time.Time, every time.Duration, n int) (campaign.CallTimes, error)
	// Waits tells why rows wait, the most rows first.
	Waits(ctx context.Context, id campaign.ID) ([]campaign.PreflightGroup, error)
}

// Ledger is what is known of numbers across campaigns.
type Ledger interface {
	// CallsTo returns the newest real calls to a number, at most n.
	CallsTo(ctx context.Context, number phone.Number, n int) ([]campaign.LedgerEntry, error)
	// ConsentOf returns a number's last word about being called, and false if
	// there is none.
	ConsentOf(ctx context.Context, number phone.Number) (campaign.ConsentEntry, bool, error)
	// Forget deletes the calls of campaigns that are over which ended before a
	// day, and returns how many these were.
	Forget(ctx context.Context, before time.Time) (int, error)
}

// Imports tells how lists were read.
type Imports interface {
	// ImportOf returns how a campaign's list was read.
	ImportOf(ctx context.Context, id campaign.ID) (contacts.Import, error)
	// Problems returns what was found in those rows of its file, in their order.
	Problems(ctx context.Context, id campaign.ID, rows []int) ([]campaign.CellProblem, error)
	// Duplicates returns the rows that are the same as one, itself among them;
	// of many the first.
	Duplicates(ctx context.Context, id campaign.ID, row int) ([]campaign.Contact, error)
	// Update brings the rows of a newer file into a campaign, or tells what
	// that would change.
	Update(ctx context.Context, c campaign.Campaign, o campaign.UpdateOptions, fill Fill) (campaign.ListUpdate, error)
}

// Messages keeps what was put together in the window, and its sound, by ids that
// tell what is in them.
type Messages interface {
	// KeepMessage stores a message and makes it the flow of a campaign that has
	// not started.
	KeepMessage(ctx context.Context, c campaign.ID, id string, message []byte, at time.Time) error
	Message(ctx context.Context, id string) ([]byte, error)
	KeepRecording(ctx context.Context, id string, sound []byte, at time.Time) error
	Recording(ctx context.Context, id string) ([]byte, error)
}

// Layouts remembers how files of the same headings were read.
type Layouts interface {
	Layout(ctx context.Context, fingerprint string) (contacts.Options, bool, error)
	RememberLayout(ctx context.Context, fingerprint string, o contacts.Options) error
}

// DoNotCall keeps the numbers that must not be called.
type DoNotCall interface {
	// Block adds numbers: everywhere, or for one campaign if id is not zero.
	// Numbers that are there already stay as they are.
	Block(ctx context.Context, id campaign.ID, numbers []phone.Number, source string, at time.Time) error
	// AddDoNotCall adds single numbers.
	AddDoNotCall(ctx context.Context, entries []campaign.DoNotCallEntry) error
	// RemoveDoNotCall takes one off again, unless its person asked for it.
	RemoveDoNotCall(ctx context.Context, number phone.Number, id campaign.ID) error
	// WhyDoNotCall returns all entries and lists on which a number stands, also
	// those that do not count any more.
	WhyDoNotCall(ctx context.Context, number phone.Number) ([]campaign.DoNotCallEntry, []campaign.DoNotCallList, error)
}

// DoNotCallLists keeps lists of them, of any length.
type DoNotCallLists interface {
	// ImportDoNotCall stores the numbers that fill adds, all or none; with
	// replace older lists of the same source go.
	ImportDoNotCall(ctx context.Context, l campaign.DoNotCallList, replace bool, fill FillNumbers) (campaign.DoNotCallList, error)
	// ChangeDoNotCall adds numbers to a list and drops others.
	ChangeDoNotCall(ctx context.Context, id campaign.DoNotCallListID, change ChangeNumbers) (campaign.DoNotCallList, error)
	DoNotCallLists(ctx context.Context) ([]campaign.DoNotCallList, error)
	RemoveDoNotCallList(ctx context.Context, id campaign.DoNotCallListID) error
}

// ChangeNumbers gives what was added to a list and what was dropped.
type ChangeNumbers = func(add, drop func(first, last uint64) error) (campaign.DoNotCallList, error)

// FillNumbers gives the numbers of a list to add, from first to last, and
// returns what is known of the list once it was read.
type FillNumbers = func(add func(first, last uint64) error) (campaign.DoNotCallList, error)

// Audit tells who changed what, and when.
type Audit interface {
	// Audit writes down what is no change of the store.
	Audit(ctx context.Context, e campaign.AuditEntry) error
	// AuditEntries returns up to n entries, from the one after a number on.
	AuditEntries(ctx context.Context, after int64, n int) ([]campaign.AuditEntry, error)
	// AuditHead returns the last entry's number and hash.
	AuditHead(ctx context.Context) (campaign.AuditHead, error)
	// VerifyAudit looks whether the log is what was written. A hash that is
	// given must be that of an entry.
	VerifyAudit(ctx context.Context, given string) (campaign.AuditVerdict, error)
}
