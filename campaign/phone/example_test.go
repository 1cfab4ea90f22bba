package phone_test

import (
	"errors"
	"fmt"

	"rollcall/campaign/phone"
)

func ExampleParse() {
	n, err := phone.Parse("0044 (0)20 7946 0000", "US")
	fmt.Println(n, err)
	fmt.Println(n.National(), n.Region(), n.Zones())
	_, err = phone.Parse("911", "US")
	var why *phone.Error
	fmt.Println(errors.As(err, &why) && why.Why.Forbidden())
	// Output:
	// +442079460000 <nil>
	// 020 7946 0000 GB [Europe/London]
	// true
}

func ExampleSplit() {
	number, extension := phone.Split("tel:+1-312-555-0142;ext=99")
	fmt.Println(number, extension)
	// Output: +1-312-555-0142 99
}

func ExamplePadded() {
	fmt.Println(phone.Padded("612345678", "IT"))  // 06 1234 5678 in Rome
	fmt.Println(phone.Padded("4565866616", "IT")) // 045 in Verona, or Denmark
	// Output:
	// +390612345678 true
	// +3904565866616 false
}

func ExampleUnplussed() {
	fmt.Println(phone.Unplussed("442079460000", "US"))
	fmt.Println(phone.Unplussed("31255501422", "US")) // or 312 555 0142 with a digit too many
	// Output:
	// +442079460000 true
	// +31255501422 false
}

func ExampleNumber_For() {
	n := phone.Number("+442079460000")
	fmt.Println(n.For("GB"))
	fmt.Println(n.For("US"))
	// Output:
	// 020 7946 0000
	// +44 20 7946 0000
}

func ExampleCommonZones() {
	byNumber := phone.Number("+18505550142").Zones()
	byPlace := phone.PlaceZones("US", "Florida", "32501")
	fmt.Println(byNumber, byPlace)
	fmt.Println(phone.CommonZones(byPlace, []string{"America/Chicago", "America/New_York"}, nil))
	fmt.Println(phone.CommonZones(byNumber, byPlace))
	// Output:
	// [America/New_York] [America/Chicago]
	// [America/Chicago] false
	// [] true
}

func ExampleCountryRegion() {
	for _, words := range []string{"Alemania", "GBR", "+33", "Atlantis"} {
		fmt.Println(phone.CountryRegion(words))
	}
	// Output:
	// DE true
	// GB true
	// FR true
	//  false
}
