package campaign

import "time"

// Summary is how a campaign stands, in numbers: what a list of campaigns needs
// to know of it.
type Summary struct {
	Campaign
	Tally    Tally
	Since    time.Time // when it got into its State; zero: not known
	Due      time.Time // when the first row that waits is looked at; zero: none waits
	Archived time.Time // when it was put away; zero: it was not
}
